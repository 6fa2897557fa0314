"""What every verb of a recovery needs: the record held for change, its clock, and its log."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from loyalty.locations.hours import WorkCalendar, calendar_of, practice_calendar
from loyalty.models import Patient, Recovery, RecoveryStep, Staff, StaffRole, Touchpoint, TouchpointKind
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.plan import OPEN
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.spoken import spoken_moment

LONGEST = 5000


def locked(recovery_id: UUID) -> Recovery:
    """The recovery that this one is worked with, and its patient, both locked. Raises NotFound.

    The patient first, as everywhere: a note for another visit may be planned at this very moment.
    """
    found = Recovery.objects.filter(id=recovery_id).values_list("patient_id", "joined_to_id").first()
    patient_id, joined_to = found or (None, None)
    patient = Patient.objects.select_for_update(no_key=True).filter(id__in=[patient_id] if patient_id else []).first()
    recovery = (
        Recovery.objects.select_for_update(no_key=True, of=("self",))
        .select_related("feedback__visit__location", "owner", "closed_by")
        .filter(id=joined_to or recovery_id, patient=patient)
        .first()
    )
    if patient is None or recovery is None:
        raise NotFound("recovery_not_found", "This recovery is not on file.")
    recovery.patient = patient
    return recovery


def check_open(recovery: Recovery, *, now: datetime) -> None:
    """Raises Conflict with when it was closed, and by whom."""
    if recovery.closed_at is not None:
        whom = f" by {recovery.closed_by.display_name}" if recovery.closed_by else ""
        when = spoken_moment(recovery.closed_at, zone=zone(recovery), now=now)
        raise Conflict("recovery_closed", f"This recovery was closed already, {when}{whom}.")


def together(recovery: Recovery) -> QuerySet[Recovery]:
    """The recovery and those that joined it."""
    return Recovery.objects.filter(Q(id=recovery.id) | Q(joined_to=recovery))


def zone(recovery: Recovery) -> ZoneInfo:
    visit = recovery.feedback.visit
    return zone_of(visit.location.time_zone) if visit else practice_zone()


def calendar(recovery: Recovery) -> WorkCalendar:
    visit = recovery.feedback.visit
    return calendar_of(visit.location) if visit else practice_calendar()


def due_on(recovery: Recovery, *, next_on: date | None, days: int, now: datetime) -> datetime:
    """The end of work on `next_on`, or `days` working days from now. Raises DomainError for a day that is over."""
    work = calendar(recovery)
    today = day_of(now, work.zone)
    if next_on is not None and next_on < today:
        raise DomainError("next_over", "Choose today or a day ahead for the next step.", field="next_on")
    return max(work.end_of_work(next_on or work.working_days_from(today, days)), now)


def words(text: str, *, what: str, field: str, limit: int = LONGEST) -> str:
    return given_text(text, what=what, field=field, limit=limit, lines=True)


def log(
    recovery: Recovery,
    kind: str,
    *,
    text: str = "",
    by_staff_id: UUID | None = None,
    to: Staff | None = None,
    now: datetime,
) -> RecoveryStep:
    return RecoveryStep.objects.create(
        recovery=recovery, patient_id=recovery.patient_id, kind=kind, text=text, at=now, by_id=by_staff_id, to=to
    )


def open_calls(recovery: Recovery) -> QuerySet[Touchpoint]:
    """The planned calls of the patient's recoveries: one conversation, so whoever calls makes them all."""
    return Touchpoint.objects.filter(patient_id=recovery.patient_id, kind=TouchpointKind.RECOVERY, state__in=OPEN)


def colleague(staff_id: UUID) -> Staff:
    """Somebody who may own a recovery or an answer. Raises DomainError for others: they could not open it."""
    staff = Staff.objects.filter(id=staff_id, is_active=True).exclude(role=StaffRole.FRONT_DESK).first()
    if staff is None:
        raise DomainError(
            "colleague_unknown",
            "Choose a manager or a provider who is there. The front desk does not see what patients answer.",
            field="staff_id",
        )
    return staff
