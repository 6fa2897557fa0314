"""Contacts other than notes: previews, check-ins, occasions. What is to be done, and what became of each.

Recoveries have their own verbs (loyalty.feedback.recover): they are closed, not only made.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, Count, Max, Q, QuerySet, When

from core import audit
from core.changed import changed
from core.errors import DomainError
from loyalty.models import Patient, Staff, Touchpoint, TouchpointChannel, TouchpointKind, TouchpointState
from loyalty.occasions.honor import LATEST_DAYS
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


# Whoever did not pick up is not called again at once: others come first meanwhile.
_REST = timedelta(hours=2)
# What is due later than that is nobody's work yet.
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact to make. channel: "call", "letter" and so on. preview: what to expect, of a service preview only.

    due_at, visit_at: in the location's time zone (without a visit, the first location's). late: it should have been
    made by now. wishes: discretion in words. staff: with whom the visit is. tried: calls that reached nobody.
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
    staff: str = ""
    tried: int = 0


def to_call(*, now: datetime, limit: int, staff_id: UUID | None = None) -> list[ContactCard]:
    """What the call list shows: previews, check-ins, and personal days by phone, due within a week.

    Those who must not be contacted are left out. Whoever was tried a moment ago comes last. `staff_id`: what is theirs,
    or nobody's and of their role. Three queries at most.
    """
    found = _open(now).filter(due_at__lt=now + AHEAD).exclude(kind=TouchpointKind.FIRST_CALL)
    found = found.exclude(~Q(channel=TouchpointChannel.CALL), kind=TouchpointKind.OCCASION)
    if staff_id is not None:
        roles = Staff.objects.filter(id=staff_id).values("role")
        found = found.filter(Q(assigned_to=staff_id) | Q(assigned_to__isnull=True, role__in=roles))
    tries = Q(calls__taken_back_at__isnull=True)
    found = found.annotate(tried=Count("calls", filter=tries), last_tried=Max("calls__at", filter=tries))
    resting = Case(When(last_tried__gt=now - _REST, then=1), default=0)
    return _read(found.order_by(resting, "due_at", "id"), now=now, limit=limit)


def _open(now: datetime) -> QuerySet[Touchpoint]:
    """But for what it is too late for: nobody hears what to expect after it began."""
    # In UTC: the list may drop a personal day some hours early, and never offers one that cannot be honored any more.
    missed = Q(kind=TouchpointKind.OCCASION, day__lt=now.date() - timedelta(days=LATEST_DAYS))
    missed |= Q(kind=TouchpointKind.PREVIEW, visit__starts_at__lt=now)
    return (
        Touchpoint.objects.filter(kind__in=KINDS, state=TouchpointState.PLANNED)
        .exclude(missed)
        .exclude(patient__deceased=True)
        .exclude(patient__no_contact=True)
        .exclude(patient__merged_into__isnull=False)
        .select_related("patient", "visit__location", "visit__service", "visit__staff")
        .order_by("due_at", "id")
    )


def _read(found: QuerySet[Touchpoint], *, now: datetime, limit: int) -> list[ContactCard]:
    planned = list(found[:limit])
    elsewhere = next((settle.time_zone_of(one) for one in planned if one.visit is None), "UTC")
    audit.record("contacts.read", patients=[one.patient_id for one in planned])
    return [
        card_of(
            one,
            tried=getattr(one, "tried", 0),
            zone=zone_of(one.visit.location.time_zone if one.visit else elsewhere),
            now=now,
        )
        for one in planned
    ]


def made(
    *, touchpoint_id: UUID, by_staff_id: UUID | None, outcome: str = "", minutes: int | None = None, now: datetime
) -> Touchpoint:
    """The contact was made. Raises NotFound, Conflict where it was settled already, DomainError."""
    words = settle.outcome_text(outcome, what="The outcome", field="outcome")
    minutes = checked_minutes(minutes)
    with transaction.atomic():
        contact = settle.locked(touchpoint_id, kinds=KINDS)
        settle.check_open(contact, now=now)
        settle.check_may_go_out(contact, now=now)
        settle.done(contact, outcome=words, minutes=minutes, by_staff_id=by_staff_id, now=now)
        changed("contact.made", contact, patients=[contact.patient_id])
        return contact


def checked_minutes(minutes: int | None) -> int | None:
    """Raises DomainError for what nobody talks."""
    if minutes is not None and not 0 <= minutes <= _LONGEST_MINUTES:
        raise DomainError(
            "minutes_out_of_range", f"Minutes lie between 0 and {_LONGEST_MINUTES}, or leave them out.", field="minutes"
        )
    return minutes


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


def card_of(touchpoint: Touchpoint, *, tried: int, zone: ZoneInfo, now: datetime) -> ContactCard:
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
        staff=visit.staff.display_name if visit and visit.staff else "",
        tried=tried,
    )
