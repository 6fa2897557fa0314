"""Somebody who asked becomes a patient: who sent them, what they want and what was promised comes along."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.violated import violated
from loyalty.family.guardian import name_guardian
from loyalty.inquiries.due import calendar
from loyalty.inquiries.known import known
from loyalty.inquiries.locked import check_open, locked
from loyalty.models import BriefPart, Inquiry, Patient, Referral, Visit
from loyalty.patients.enrol import enrol
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.reach import birth_of
from loyalty.patients.remember import remember
from loyalty.visits.book import book
from loyalty.visits.local_time import day_of
from loyalty.visits.promise import promise
from loyalty.visits.spoken import spoken_date

# What they want before they know us is no truth about them for ever.
_KEPT_FOR = timedelta(days=365)
_MEMORY = 500
TOLD = {"wants": "Wants", "expects": "Expects", "worries": "Worries"}


@dataclass(frozen=True, slots=True)
class NewPatient:
    given_name: str
    family_name: str
    preferred_name: str = ""
    pronouns: str = ""
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    birth: tuple[int | None, int | None, int | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class FirstVisit:
    location_id: UUID
    starts_at: datetime
    staff_id: UUID | None = None
    service_id: UUID | None = None


def become_patient(
    *,
    inquiry_id: UUID,
    who: NewPatient | UUID,
    sure_new: bool = False,
    keep: Collection[str] = (),
    first_visit: FirstVisit | None = None,
    by_staff_id: UUID | None,
    now: datetime,
) -> Inquiry:
    """Enrol them, or link the patient they are already (`who` is their id), and book the first visit at once.

    keep: which of "wants", "expects", "worries" they agreed that we remember; nothing is without their yes.
    sure_new: the asker looked at the patients with the same number or address, and it is none of them.
    Of a minor the guardian who asked with them comes along, with phones and emails; the child gets none.
    What was promised in calls stands on the first visit. No consent to messages comes of having asked.
    Raises NotFound, Conflict where it was settled, DomainError of enrol, remember and book.
    """
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        check_open(inquiry, now=now)
        patient = _linked(who) if isinstance(who, UUID) else _enrolled(inquiry, who, sure_new=sure_new, now=now)
        if inquiry.is_minor:
            _name_guardian(inquiry, patient, who, now=now)
        _note_referral(inquiry, patient)
        _remember(inquiry, patient, keep=keep, by_staff_id=by_staff_id, now=now)
        if first_visit is not None:
            visit = book(
                patient_id=patient.id,
                location_id=first_visit.location_id,
                starts_at=first_visit.starts_at,
                staff_id=first_visit.staff_id,
                service_id=first_visit.service_id,
                by_staff_id=by_staff_id,
                now=now,
            )
            _carry_promises(inquiry, visit, by_staff_id=by_staff_id, now=now)
        inquiry.patient = patient
        inquiry.state = Inquiry.State.BECAME_PATIENT
        inquiry.due_at = None
        inquiry.save(update_fields=["patient", "state", "due_at", "updated_at"])
        changed(
            "inquiry.became_patient",
            inquiry,
            patients=[patient.id],
            detail={"known": isinstance(who, UUID), "booked": first_visit is not None},
        )
        return inquiry


def _linked(patient_id: UUID) -> Patient:
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None or patient.deceased:
        raise DomainError("patient_unknown", "Choose one of the patients shown, or somebody new.", field="who")
    if patient.merged_into_id is not None:
        raise Conflict("patient_merged", "This record was merged into another one. Choose that one.")
    return patient


def _enrolled(inquiry: Inquiry, new: NewPatient, *, sure_new: bool, now: datetime) -> Patient:
    if not sure_new and (there := known(inquiry)):
        names = " and ".join(one.name for one in there)
        raise DomainError(
            "patient_known",
            f"{names} has the same number or address. Say whether it is the same person, or somebody new.",
            field="who",
        )
    if inquiry.is_minor and new.birth[0] is None:
        raise DomainError(
            "birth_missing",
            "Add the year of birth: until they are of age, their guardian is contacted, never the child.",
            field="birth",
        )
    is_child = inquiry.is_minor and _may_be_minor(PartialDate(*new.birth), inquiry, now=now)
    return enrol(
        given_name=new.given_name,
        family_name=new.family_name,
        preferred_name=new.preferred_name,
        pronouns=new.pronouns,
        birth=new.birth,
        phones=() if is_child else new.phones,
        emails=() if is_child else new.emails,
        now=now,
    )


def _name_guardian(inquiry: Inquiry, patient: Patient, who: NewPatient | UUID, *, now: datetime) -> None:
    """Who asked with a minor is who is contacted; where guardians are on file already, they stay as they are."""
    if not _may_be_minor(birth_of(patient), inquiry, now=now) or patient.guardianships.exists():
        return
    phones, emails = ([inquiry.phone], [inquiry.email]) if isinstance(who, UUID) else (who.phones, who.emails)
    name_guardian(
        patient_id=patient.id,
        name=inquiry.guardian_name,
        phone=next(iter(phones), ""),
        email=next(iter(emails), ""),
        now=now,
    )


def _may_be_minor(birth: PartialDate, inquiry: Inquiry, *, now: datetime) -> bool:
    return birth.may_be_minor_on(day_of(now, calendar(inquiry.location).zone))


def _note_referral(inquiry: Inquiry, patient: Patient) -> None:
    """Who sent them: of somebody who has not been here, and of whom nobody wrote it down yet."""
    sent = inquiry.referrer_id or inquiry.referrer_name
    if not sent or inquiry.referrer_id == patient.id or patient.patient_since or patient.visits.exists():
        return
    on = day_of(inquiry.asked_at, calendar(inquiry.location).zone)
    try:
        with transaction.atomic():
            referral, made = Referral.objects.get_or_create(
                patient=patient,
                defaults={"referrer_id": inquiry.referrer_id, "referrer_name": inquiry.referrer_name, "on": on},
            )
    except IntegrityError as error:
        # They are on file as who sent their referrer. That stands, and nobody is kept from becoming a patient by it.
        if violated(error) != "referral_no_circle":
            raise
        return
    if made:
        people = [patient.id, *([inquiry.referrer_id] if inquiry.referrer_id else [])]
        changed("referral.noted", referral, patients=people)


def _remember(
    inquiry: Inquiry, patient: Patient, *, keep: Collection[str], by_staff_id: UUID | None, now: datetime
) -> None:
    """Under "take care": what stands there never reaches the paper of a note, and a wish can name a treatment."""
    today = day_of(now, calendar(inquiry.location).zone)
    asked = spoken_date(day_of(inquiry.asked_at, calendar(inquiry.location).zone), today=today)
    for field, title in TOLD.items():
        said = " ".join(str(getattr(inquiry, field)).split())
        if field in keep and said:
            text = f"{title}: {said}"
            remember(
                patient_id=patient.id,
                text=text if len(text) <= _MEMORY else f"{text[: _MEMORY - 1]}…",
                source=f"told us when they asked, on {asked}",
                part=BriefPart.TAKE_CARE,
                consented=True,
                expires_on=today + _KEPT_FOR,
                by_staff_id=by_staff_id,
                now=now,
            )


def _carry_promises(inquiry: Inquiry, visit: Visit, *, by_staff_id: UUID | None, now: datetime) -> None:
    for made in inquiry.calls.exclude(promised="").order_by("at", "id"):
        promise(visit_id=visit.id, text=made.promised, by_staff_id=made.by_id or by_staff_id, now=now)
