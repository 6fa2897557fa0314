"""Notes that were written, or set aside, lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core import audit
from loyalty.models import Touchpoint, TouchpointKind, TouchpointState
from loyalty.practice_zone import practice_zone

DAYS = 7


@dataclass(frozen=True, slots=True)
class SettledNote:
    """at: in the practice's time zone. by: "" where nobody of the staff. may_undo: it was settled today."""

    id: UUID
    patient_id: UUID
    name: str
    written: bool
    reason: str
    at: datetime
    by: str
    may_undo: bool
    has_photo: bool


def settled_lately(*, now: datetime, limit: int) -> list[SettledNote]:
    """Of the last seven days, the newest first."""
    zone = practice_zone()
    found = (
        Touchpoint.objects.filter(
            kind=TouchpointKind.NOTE,
            state__in=(TouchpointState.DONE, TouchpointState.SKIPPED),
            done_at__gte=now - timedelta(days=DAYS),
            patient__merged_into__isnull=True,
        )
        .select_related("patient", "done_by")
        .order_by("-done_at", "-id")[:limit]
    )
    notes = list(found)
    photographed = set(
        Touchpoint.objects.filter(id__in=[one.id for one in notes], photo__isnull=False).values_list("id", flat=True)
    )
    audit.record("notes.read", patients=[one.patient_id for one in notes])
    today = now.astimezone(zone).date()
    return [
        SettledNote(
            id=one.id,
            patient_id=one.patient_id,
            name=one.patient.display_name,
            written=one.state == TouchpointState.DONE,
            reason=one.outcome,
            at=one.done_at.astimezone(zone),
            by=one.done_by.display_name if one.done_by else "",
            may_undo=one.done_at.astimezone(zone).date() == today,
            has_photo=one.id in photographed,
        )
        for one in notes
        if one.done_at is not None
    ]
