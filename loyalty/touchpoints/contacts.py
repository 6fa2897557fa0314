"""Contacts other than notes: previews, check-ins, occasions. What is to be done, and what became of each.

Recoveries have their own verbs (loyalty.feedback.recover): they are closed, not only made.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import DomainError
from loyalty.models import Patient, Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.reach import wishes_of
from loyalty.touchpoints import settle
from loyalty.visits.local_time import zone_of

KINDS = (
    TouchpointKind.PREVIEW,
    TouchpointKind.CHECK_IN,
    TouchpointKind.OCCASION,
    TouchpointKind.FIRST_CALL,
    TouchpointKind.STORY,
)
# What there is to say where the service has no words of its own, or none was chosen.
PLAIN_PREVIEW = (
    "Say when the visit is, with whom, how long it takes, how to get here, and ask what they would like to know."
)
_LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact to make. channel: "call", "letter" and so on. preview: what to expect, of a service preview only.

    due_at, visit_at: in the location's time zone (without a visit, the first location's). late: it should have been
    made by now. wishes: discretion in words.
    """

    id: UUID
    patient_id: UUID
    name: str
    kind: str
    channel: str
    role: str
    due_at: datetime
    late: bool
    visit_at: datetime | None
    service: str
    preview: str
    wishes: tuple[str, ...]


def to_make(*, now: datetime, limit: int) -> list[ContactCard]:
    """Open contacts by when they are due. Those who must not be contacted are left out. At most two queries."""
    planned = list(
        Touchpoint.objects.filter(kind__in=KINDS, state=TouchpointState.PLANNED)
        .exclude(patient__deceased=True)
        .exclude(patient__no_contact=True)
        .exclude(patient__merged_into__isnull=False)
        .select_related("patient", "visit__location", "visit__service")
        .order_by("due_at", "id")[:limit]
    )
    elsewhere = next((settle.time_zone_of(one) for one in planned if one.visit is None), "UTC")
    audit.record("contacts.read", patients=[one.patient_id for one in planned])
    return [
        _card(one, zone=zone_of(one.visit.location.time_zone if one.visit else elsewhere), now=now) for one in planned
    ]


def made(
    *, touchpoint_id: UUID, by_staff_id: UUID | None, outcome: str = "", minutes: int | None = None, now: datetime
) -> Touchpoint:
    """The contact was made. Raises NotFound, Conflict where it was settled already, DomainError."""
    words = settle.outcome_text(outcome, what="The outcome", field="outcome")
    if minutes is not None and not 0 <= minutes <= _LONGEST_MINUTES:
        raise DomainError(
            "minutes_out_of_range", f"Minutes lie between 0 and {_LONGEST_MINUTES}, or leave them out.", field="minutes"
        )
    with transaction.atomic():
        contact = settle.locked(touchpoint_id, kinds=KINDS)
        settle.check_open(contact, now=now)
        settle.check_may_go_out(contact, now=now)
        settle.done(contact, outcome=words, minutes=minutes, by_staff_id=by_staff_id, now=now)
        changed("contact.made", contact, patients=[contact.patient_id])
        return contact


def skip(*, touchpoint_id: UUID, reason: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Not this time. Raises NotFound, Conflict where it was settled already, DomainError for the reason."""
    words = settle.outcome_text(reason, what="The reason", field="reason")
    with transaction.atomic():
        contact = settle.locked(touchpoint_id, kinds=KINDS)
        settle.check_open(contact, now=now)
        settle.set_aside(contact, reason=words, by_staff_id=by_staff_id, now=now)
        changed("contact.skipped", contact, patients=[contact.patient_id])
        return contact


def undo(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """Take it back on the day it was said. Raises NotFound, Conflict where it is open, DomainError on a later day."""
    with transaction.atomic():
        contact = settle.locked(touchpoint_id, kinds=KINDS)
        settle.take_back(contact, now=now)
        changed("contact.reopened", contact, patients=[contact.patient_id])
        return contact


def _card(touchpoint: Touchpoint, *, zone: ZoneInfo, now: datetime) -> ContactCard:
    visit = touchpoint.visit
    service = visit.service if visit else None
    patient: Patient = touchpoint.patient
    is_preview = touchpoint.kind == TouchpointKind.PREVIEW
    return ContactCard(
        id=touchpoint.id,
        patient_id=patient.id,
        name=patient.display_name,
        kind=touchpoint.kind,
        channel=touchpoint.channel,
        role=touchpoint.role,
        due_at=touchpoint.due_at.astimezone(zone),
        late=touchpoint.due_at < now,
        visit_at=visit.starts_at.astimezone(zone) if visit else None,
        service=service.name if service else "",
        preview=((service.preview if service else "") or PLAIN_PREVIEW) if is_preview else "",
        wishes=wishes_of(patient),
    )
