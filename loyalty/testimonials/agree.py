"""A patient agrees that their words are published: the words, the name and the rating are what they agreed to."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from core.tenancy.scope import current_practice
from core.violated import violated
from loyalty.models import (
    Channel,
    Consent,
    ConsentPurpose,
    Feedback,
    Insider,
    Patient,
    ShownAs,
    Testimonial,
)
from loyalty.patients.name import first_name
from loyalty.patients.reach import birth_of

LONGEST = 2000
_SOURCE = 120
# An authorization to publish is in writing (45 CFR 164.508), so it is kept as an answer by letter.
IN_WRITING = Channel.LETTER
WORDING = "2026-11"


def wording(*, practice: str, words: str, name: str, rating: int | None) -> str:
    """What the patient signs: what is published, where, under which name, and that they may take it back."""
    under = f"under the name “{name}”" if name else "without my name"
    stars = f", with my rating of {rating} of 10" if rating is not None else ""
    return (
        f"{practice} may publish these words on its website {under}{stars}: “{words}”. Anybody can read them there and"
        " pass them on. I can take this back at any time, and they are taken down at once. I do not have to agree to be"
        " treated. This holds until I take it back."
    )


def shown_name(patient: Patient, shown_as: str) -> str:
    """The name as the patient chose it: "Marguerite", "M. E." or ""."""
    if shown_as == ShownAs.ANONYMOUS:
        return ""
    first = first_name(patient.given_name, patient.preferred_name, patient.family_name)
    if shown_as == ShownAs.FIRST_NAME:
        return first
    parts = [part for part in (patient.given_name or patient.preferred_name, patient.family_name) if part]
    return " ".join(f"{part[0].upper()}." for part in parts)


def agree(
    *,
    patient_id: UUID,
    feedback_id: UUID | None,
    words: str,
    rating: int | None,
    said_on: date,
    shown_as: str,
    insider: str,
    source: str,
    by_person_id: UUID | None,
    today: date,
    now: datetime,
) -> Testimonial:
    """Write down that they signed. `rating`: 0-10, None where it is not shown; of an answer it is the answer's own.

    The words wait until they are published with all others that wait. Raises NotFound, Conflict, DomainError.
    """
    text = given_text(words, what="The words", field="words", limit=LONGEST, lines=True)
    known = given_text(source, what="How we know", field="source", limit=_SOURCE)
    _check(text, known, shown_as=shown_as, insider=insider, rating=rating, said_on=said_on, today=today)
    with transaction.atomic():
        patient = _locked(patient_id, today=today)
        feedback = _feedback(feedback_id, patient) if feedback_id else None
        if feedback is not None and rating is not None:
            rating = feedback.score
        name = shown_name(patient, shown_as)
        consent = Consent.objects.create(
            patient=patient,
            channel=IN_WRITING,
            purpose=ConsentPurpose.TESTIMONIAL,
            granted=True,
            decided_at=now,
            source=known,
            wording=wording(practice=current_practice().name, words=text, name=name, rating=rating),
            wording_version=WORDING,
            by_person_id=by_person_id,
        )
        changed(
            "consent.granted",
            consent,
            patients=[patient.id],
            detail={"channel": consent.channel, "purpose": consent.purpose, "wording": WORDING},
        )
        testimonial = Testimonial(
            patient=patient,
            feedback=feedback,
            consent=consent,
            words=text,
            rating=rating,
            said_on=said_on,
            shown_as=shown_as,
            shown_name=name,
            insider=insider,
            place=_next_place(),
        )
        _save(testimonial)
        changed("testimonial.agreed", testimonial, patients=[patient.id], detail={"insider": insider})
    return testimonial


def _check(
    text: str, source: str, *, shown_as: str, insider: str, rating: int | None, said_on: date, today: date
) -> None:
    if not is_visible(text):
        raise DomainError("testimonial_empty", "Write down what they said.", field="words")
    if shown_as not in ShownAs:
        raise DomainError("testimonial_name", "Choose how their name is shown.", field="shown_as")
    if insider not in Insider:
        raise DomainError("testimonial_insider", "Say whether they stand close to the practice.", field="insider")
    if rating is not None and not 0 <= rating <= 10:
        raise DomainError("testimonial_rating", "The rating goes from 0 to 10.", field="rating")
    if said_on > today:
        raise DomainError(
            "testimonial_ahead", "This day is still ahead. Give the day on which they said it.", field="said_on"
        )
    if not source:
        raise DomainError("testimonial_unsigned", "Write how we know: “signed the form on June 15”.", field="source")


def _locked(patient_id: UUID, *, today: date) -> Patient:
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    if patient.deceased or patient.merged_into_id:
        raise DomainError("testimonial_nobody_to_ask", "Nobody can agree for this record any more.")
    if birth_of(patient).may_be_minor_on(today):
        raise DomainError("testimonial_minor", "They are a minor. Words of minors are not published.")
    return patient


def _feedback(feedback_id: UUID, patient: Patient) -> Feedback:
    feedback = Feedback.objects.filter(id=feedback_id, patient=patient).first()
    if feedback is None:
        raise NotFound("feedback_not_found", "This answer is not on file.")
    return feedback


def _next_place() -> int:
    """One after the other, even where two are written down at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.testimonial'))")
    return (Testimonial.objects.aggregate(last=Max("place"))["last"] or 0) + 1


def _save(testimonial: Testimonial) -> None:
    try:
        with transaction.atomic():
            testimonial.save(force_insert=True)
    except IntegrityError as error:
        if violated(error) != "loyalty_testimonial_feedback_id_key":
            raise
        raise Conflict("testimonial_known", "They agreed to publish this answer already.") from None
