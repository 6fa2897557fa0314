"""A personal day is honored: by a card, a call or in person, planned or not; or left out this time."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.models import (
    Guardianship,
    Patient,
    StaffRole,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
)
from loyalty.occasions.asked_for import FURTHEST_DAYS
from loyalty.occasions.falling import falling
from loyalty.patients.letters import no_letters
from loyalty.patients.reach import birth_of, mail_allowed, patients_turned_to
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints import settle
from loyalty.visits.spoken import spoken_date

CHANNELS = (TouchpointChannel.CARD, TouchpointChannel.CALL, TouchpointChannel.IN_PERSON)
# Congratulating later than this would be odd.
LATEST_DAYS = 14


def honor(*, patient_id: UUID, day: date, channel: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Write down that somebody wrote a card, called, or said it in person, for what falls on `day`.

    Raises NotFound, Conflict where it was settled already, DomainError where the patient's wishes forbid it.
    """
    if channel not in CHANNELS:
        raise DomainError("channel_unknown", "Choose a card, a call or in person.", field="channel")
    with transaction.atomic():
        contact = _contact(patient_id, day=day, now=now)
        settle.check_may_go_out(contact, now=now)
        if channel == TouchpointChannel.CARD:
            _check_card(contact.patient, now=now)
        contact.channel = channel
        contact.save()
        settle.done(contact, outcome="", minutes=None, by_staff_id=by_staff_id, now=now)
        changed("contact.made", contact, patients=[contact.patient_id])
        return contact


def _check_card(patient: Patient, *, now: datetime) -> None:
    """By the patient's wishes, and of a minor by those of the guardians, too. Raises DomainError."""
    today = now.astimezone(practice_zone()).date()
    named = Guardianship.objects.filter(patient=patient).select_related("guardian")
    turned_to = patients_turned_to(named, today=today) if birth_of(patient).may_be_minor_on(today) else []
    if not mail_allowed(patient, *turned_to):
        who = "The guardian" if mail_allowed(patient) else patient.display_name
        raise DomainError("no_mail_home", f"{who} wishes no mail at home. Call, or say it in person.", field="channel")
    if refusing := no_letters([one.id for one in (patient, *turned_to)]):
        who = patient.display_name if patient.id in refusing else "The guardian"
        raise DomainError("no_letters", f"{who} said no to letters. Call, or say it in person.", field="channel")


def leave_out(*, patient_id: UUID, day: date, reason: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Not this time. Raises NotFound, Conflict where it was settled already, DomainError for the reason."""
    words = settle.outcome_text(reason, what="The reason", field="reason")
    with transaction.atomic():
        contact = _contact(patient_id, day=day, now=now)
        contact.save()
        settle.set_aside(contact, reason=words, by_staff_id=by_staff_id, now=now)
        changed("contact.skipped", contact, patients=[contact.patient_id])
        return contact


def _contact(patient_id: UUID, *, day: date, now: datetime) -> Touchpoint:
    """The contact that was planned for the day, or an unsaved one; the patient is held. Raises Conflict if settled."""
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    there = (
        Touchpoint.objects.select_for_update(no_key=True, of=("self",))
        .filter(patient=patient, day=day, kind=TouchpointKind.OCCASION)
        .exclude(state=TouchpointState.CANCELLED)
        .order_by("created_at", "id")
        .first()
    )
    if there is not None:
        there.patient = patient
        settle.check_open(there, now=now)
        return there
    return _unplanned(patient, day=day, now=now)


def _unplanned(patient: Patient, *, day: date, now: datetime) -> Touchpoint:
    today = now.astimezone(practice_zone()).date()
    if not -LATEST_DAYS <= (day - today).days <= FURTHEST_DAYS:
        said = spoken_date(day, today=today)
        raise Conflict("occasion_far", f"{said} is too far away to be honored today.")
    if not patient.may_be_contacted:
        raise DomainError("patient_not_contacted", f"{patient.display_name} must not be contacted any more.")
    what = next((one for one in falling(first=day, days=1) if one.patient_id == patient.id), None)
    if what is None:
        raise NotFound("occasion_not_found", "Nothing of theirs falls on this day.")
    return Touchpoint(
        patient=patient,
        occasion_id=what.occasion_id,
        kind=TouchpointKind.OCCASION,
        channel=TouchpointChannel.CARD,
        day=day,
        due_at=now,
        role=StaffRole.FRONT_DESK,
    )
