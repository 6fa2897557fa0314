"""A patient is written down for the first time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import DomainError
from core.violated import violated
from loyalty.models import Channel, ContactPoint, Patient
from loyalty.patients.contact_points import contact_points
from loyalty.patients.given_text import given_text, is_visible
from loyalty.patients.partial_date import checked_birth

# Somebody born today is born today everywhere, whatever the server's clock says of the date.
_FURTHEST_EAST = timedelta(hours=14)
_LIMITS = {field.name: field.max_length for field in Patient._meta.concrete_fields if field.max_length}


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
    preferred_channel: str = "",
    now: datetime,
) -> Patient:
    """Write a patient down with the ways to reach them.

    Raises DomainError with `field` set to the parameter (or "birth") that cannot be kept as it is.
    """
    born = checked_birth(birth, today=(now + _FURTHEST_EAST).date())
    patient = Patient(
        given_name=_text(given_name, "given_name", "The given name"),
        family_name=_text(family_name, "family_name", "The family name"),
        preferred_name=_text(preferred_name, "preferred_name", "The preferred name"),
        pronouns=_text(pronouns, "pronouns", "The pronouns"),
        birth_year=born.year,
        birth_month=born.month,
        birth_day=born.day,
        record_number=_text(record_number, "record_number", "The record number"),
        address=_text(address, "address", "The address"),
        city=_text(city, "city", "The city"),
        state=_text(state, "state", "The state"),
        postal_code=_text(postal_code, "postal_code", "The postal code"),
        preferred_channel=_channel(preferred_channel),
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
        raise DomainError(
            "record_number_taken",
            f"Another patient has the record number {patient.record_number}. Search for it, or correct the number.",
            field="record_number",
        ) from None
    return patient


def _text(value: str, field: str, what: str) -> str:
    return given_text(value, what=what, field=field, limit=_LIMITS[field])


def _channel(value: str) -> str:
    if value and value not in Channel.values:
        raise DomainError(
            "channel_unknown",
            f"“{value}” is no way to reach somebody. Choose call, text, email or letter.",
            field="preferred_channel",
        )
    return value
