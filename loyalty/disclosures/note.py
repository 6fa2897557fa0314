"""Something of a patient's record was given to somebody else: written down, or struck out where that was wrong."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.models import Disclosure, Patient
from loyalty.patients.locked import locked_patient
from loyalty.practice_zone import practice_zone

_LIMITS = {"to_whom": 200, "address": 300, "what": 500, "purpose": 500, "because": 300}


def note_disclosure(
    *,
    patient_id: UUID,
    on: date,
    to_whom: str,
    address: str = "",
    what: str,
    purpose: str,
    by_export: bool = False,
    by_person_id: UUID | None,
    now: datetime,
) -> Disclosure:
    """Raises NotFound, Conflict for a merged record, DomainError with the field."""
    given = {
        "to_whom": _required(to_whom, "to_whom", "The recipient", "Write who got it: a name, and of which office."),
        "what": _required(what, "what", "What was given", "Write what was given, in a few words."),
        "purpose": _required(purpose, "purpose", "The purpose", "Write why it was given, or who asked for it."),
        "address": given_text(address, what="The address", field="address", limit=_LIMITS["address"]),
    }
    if on > now.astimezone(practice_zone()).date():
        raise DomainError("disclosed_ahead", "Choose the day on which it was given; it is not ahead.", field="on")
    with transaction.atomic():
        patient = locked_patient(patient_id)
        disclosure = Disclosure.objects.create(
            patient=patient, on=on, by_person_id=by_person_id, by_export=by_export, **given
        )
        changed("disclosure.noted", disclosure, patients=[patient.id])
        return disclosure


def strike_disclosure(*, disclosure_id: UUID, because: str, by_person_id: UUID | None, now: datetime) -> Disclosure:
    """It stays readable, struck out, with the reason. Raises NotFound, Conflict, DomainError with field "because"."""
    words = _required(because, "because", "The reason", "Write what was wrong with it.")
    with transaction.atomic():
        named = Disclosure.objects.filter(id=disclosure_id).values("patient_id")
        Patient.objects.select_for_update(no_key=True).filter(id__in=named).first()
        disclosure = Disclosure.objects.select_for_update(no_key=True).filter(id=disclosure_id).first()
        if disclosure is None:
            raise NotFound("disclosure_not_found", "This is not on file.")
        if disclosure.struck_at is not None:
            raise Conflict("disclosure_struck", "This was struck out already.")
        disclosure.struck_at, disclosure.struck_because, disclosure.struck_by = now, words, by_person_id
        disclosure.save(update_fields=["struck_at", "struck_because", "struck_by", "updated_at"])
        changed("disclosure.struck", disclosure, patients=[disclosure.patient_id])
        return disclosure


def _required(value: str, field: str, what: str, ask: str) -> str:
    words = given_text(value, what=what, field=field, limit=_LIMITS[field])
    if not is_visible(words):
        raise DomainError("text_missing", ask, field=field)
    return words
