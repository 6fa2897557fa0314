"""Merges that were made: one with what it did, and those of late."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Merge
from loyalty.patients.merging.ledger import Kind
from loyalty.patients.merging.undo import DAYS, may_undo, until
from loyalty.practice_zone import practice_zone


@dataclass(frozen=True, slots=True)
class MergeMade:
    """moved: rows that were given to the survivor. at, until: where the practice is; until: the last moment of undo."""

    id: UUID
    patient_id: UUID
    name: str
    merged_id: UUID
    merged_name: str
    at: datetime
    by_person_id: UUID | None
    until: datetime
    may_undo: bool
    undone_at: datetime | None
    moved: int


def merge_made(*, merge_id: UUID, now: datetime) -> MergeMade:
    """Raises NotFound."""
    merge = Merge.objects.select_related("patient", "merged").filter(id=merge_id).first()
    if merge is None:
        raise NotFound("merge_not_found", "This merge is not on file.")
    audit.record("merge.read", subject=merge, patients=[merge.patient_id, merge.merged_id])
    return _made([merge], now=now)[0]


def merges_of_late(*, now: datetime, limit: int = 20) -> list[MergeMade]:
    """Those that can still be taken back, the newest first. The caller records whom it shows."""
    merges = Merge.objects.select_related("patient", "merged").filter(
        undone_at__isnull=True, at__gt=now - timedelta(days=DAYS)
    )
    return _made(list(merges.order_by("-at", "-id")[:limit]), now=now)


def _made(merges: list[Merge], *, now: datetime) -> list[MergeMade]:
    zone = practice_zone()
    steps = Merge.objects.filter(id__in=[one.id for one in merges], steps__kind=Kind.MOVED)
    moved = Counter(steps.values_list("id", flat=True))
    return [
        MergeMade(
            id=one.id,
            patient_id=one.patient_id,
            name=one.patient.display_name,
            merged_id=one.merged_id,
            merged_name=one.merged.display_name,
            at=one.at.astimezone(zone),
            by_person_id=one.by_person_id,
            until=until(one).astimezone(zone),
            may_undo=may_undo(one, now=now),
            undone_at=one.undone_at and one.undone_at.astimezone(zone),
            moved=moved[one.id],
        )
        for one in merges
    ]
