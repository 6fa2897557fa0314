"""A patient is written down for the first time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import is_visible
from core.violated import violated
from loyalty.models import ContactPoint, Patient
from loyalty.patients.contact_points import contact_points
from loyalty.patients.details import checked_channel, checked_language, detail, record_number_taken
from loyalty.patients.partial_date import FURTHEST_EAST, checked_birth


def enrol(
    *,
    given_name: str,
    family_name: str,
    preferred_name: str = "",
    pronouns: str = "",
    birth: tuple[int | None, int | None, int | None] = (None, None, None),
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    record_number: str = "",
    address: str = "",
    city: str = "",
    state: str = "",
    postal_code: str = "",
    country: str = "",
    language: str = "",
    preferred_channel: str = "",
    now: datetime,
) -> Patient:
    """Write a patient down with the ways to reach them.

    Raises DomainError with `field` set to the parameter (or "birth") that cannot be kept as it is.
    """
    born = checked_birth(birth, today=(now + FURTHEST_EAST).date())
    patient = Patient(
        given_name=detail("given_name", given_name),
        family_name=detail("family_name", family_name),
        preferred_name=detail("preferred_name", preferred_name),
        pronouns=detail("pronouns", pronouns),
        birth_year=born.year,
        birth_month=born.month,
        birth_day=born.day,
        record_number=detail("record_number", record_number),
        address=detail("address", address),
        city=detail("city", city),
        state=detail("state", state),
        postal_code=detail("postal_code", postal_code),
        country=detail("country", country),
        language=checked_language(language),
        preferred_channel=checked_channel(preferred_channel),
    )
    if not is_visible(patient.given_name + patient.family_name + patient.preferred_name):
        raise DomainError("name_missing", "Give at least one name.", field="given_name")
    points = contact_points(patient=patient, phones=phones, emails=emails)
    try:
        with transaction.atomic():
            patient.save(force_insert=True)
            ContactPoint.objects.bulk_create(points)
            changed("patient.enrolled", patient, patients=[patient.id])
    except IntegrityError as error:
        if violated(error) == "patient_needs_agreement":
            raise DomainError(
                "agreement_missing",
                "Before the first patient, the owner accepts the business associate agreement: see Agreements.",
            ) from None
        if violated(error) != "patient_record_number_once":
            raise
        raise record_number_taken(patient.record_number) from None
    return patient
