"""A partner's program writes a patient down, or changes one: by the same actions as the practice's own people.

given: what was sent, each under its name in PATIENTS; "contact_points" is a list of GivenPoint, "external_ids"
the program's own ids. What was not sent stays. A wish for discretion may be noted, never taken back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.exchange.external_id import system_of
from core.exchange.read import row_of
from core.exchange.resource import Unless
from core.violated import violated
from loyalty.exchange.patients import PATIENTS
from loyalty.models import Patient, PatientIdentifier, Wish
from loyalty.patients.change import change_patient
from loyalty.patients.details import WORDS
from loyalty.patients.enrol import enrol
from loyalty.patients.locked import locked_patient
from loyalty.patients.replace_contact_points import replace_contact_points
from loyalty.patients.wishes import keep_wishes

Given = Mapping[str, Any]
TYPED = tuple(WORDS)
BIRTH = ("birth_year", "birth_month", "birth_day")
WISHES = (*Wish.values, "deceased_on")
_DETAILS = frozenset({*TYPED, *BIRTH, "language", "preferred_channel"})
# Which of the three parts is wrong; of any other code, the year.
_BIRTH_PLACES = {
    "birth_without_month": "birth_month",
    "birth_month_impossible": "birth_month",
    "birth_day_impossible": "birth_day",
}


def write_new_patient(*, given: Given, application_id: UUID, now: datetime) -> dict[str, Any]:
    """The patient as programs read them. Raises DomainError with the field, Conflict for an id that is taken."""
    texts = {name: given[name] for name in (*TYPED, "language", "preferred_channel") if name in given}
    with _in_places(), transaction.atomic():
        patient = enrol(
            **{"given_name": "", "family_name": "", **texts},
            birth=(given.get("birth_year"), given.get("birth_month"), given.get("birth_day")),
            now=now,
        )
        _write_rest(patient, given, application_id, now=now)
        return row_of(PATIENTS, patient.id, application_id=application_id)


def change_patient_for(
    *,
    row_id: UUID,
    given: Given,
    application_id: UUID,
    unless_changed: Unless,
    now: datetime,
) -> dict[str, Any]:
    """unless_changed: called with the patient as they are, once they are locked; raises where that is not as expected.

    Raises NotFound, Conflict for a merged record or an id that is taken, DomainError with the field.
    """
    with _in_places(), transaction.atomic():
        patient = locked_patient(row_id)
        unless_changed(row_of(PATIENTS, row_id, application_id=application_id))
        if _DETAILS & given.keys():
            year, month, day = (given.get(name, getattr(patient, name)) for name in BIRTH)
            change_patient(
                patient_id=row_id,
                typed={name: given[name] for name in TYPED if name in given},
                birth=(year, month, day),
                language=given.get("language", patient.language),
                preferred_channel=given.get("preferred_channel", patient.preferred_channel),
                tags=patient.tags,
                federal_program=patient.federal_program,
                was={},
                now=now,
            )
        _write_rest(patient, given, application_id, now=now)
        return row_of(PATIENTS, row_id, application_id=application_id)


def _write_rest(patient: Patient, given: Given, application_id: UUID, *, now: datetime) -> None:
    if "contact_points" in given:
        replace_contact_points(patient_id=patient.id, points=given["contact_points"])
    _write_wishes(patient, given, now=now)
    if "external_ids" in given:
        _write_ids(patient, given["external_ids"], application_id)


def asked_wishes(given: Given, *, kept: Mapping[str, Any]) -> tuple[dict[Wish, bool], date | None]:
    """Wishes that were sent and are new, and the day of death with them. kept: by the names of the patient's columns.

    Raises DomainError for one that is taken back.
    """
    asked = {wish: given[wish.value] for wish in Wish if wish.value in given}
    for wish, is_on in asked.items():
        if not is_on and kept[wish.value]:
            raise DomainError("wish_kept", "Only the practice can take that back.", field=wish.value)
    new = {wish: True for wish, is_on in asked.items() if is_on and not kept[wish.value]}
    died_on = given.get("deceased_on", kept["deceased_on"])
    if died_on != kept["deceased_on"]:
        if not (kept["deceased"] or asked.get(Wish.DECEASED)):
            raise DomainError("deceased_on_alone", "Send deceased with it.", field="deceased_on")
        new[Wish.DECEASED] = True
    return new, died_on if Wish.DECEASED in new else None


def birth_place(error: DomainError) -> str:
    """Where what is wrong with a date of birth stands in what a program sends."""
    return _BIRTH_PLACES.get(error.code, "birth_year")


def _write_wishes(patient: Patient, given: Given, *, now: datetime) -> None:
    kept = {name: getattr(patient, name) for name in WISHES}
    new, died_on = asked_wishes(given, kept=kept)
    if new:
        keep_wishes(patient_id=patient.id, wishes=new, deceased_on=died_on, was={}, by_person_id=None, now=now)


def _write_ids(patient: Patient, wanted: list[str], application_id: UUID) -> None:
    """All that the program calls this patient; usually one, several after a merge."""
    system = system_of(application_id)
    known = set(PatientIdentifier.objects.filter(patient=patient, system=system).values_list("value", flat=True))
    new = [value for value in dict.fromkeys(wanted) if value not in known]
    gone = known - set(wanted)
    if not (new or gone):
        return
    PatientIdentifier.objects.filter(patient=patient, system=system, value__in=gone).delete()
    try:
        with transaction.atomic():
            PatientIdentifier.objects.bulk_create(
                PatientIdentifier(patient=patient, system=system, value=value) for value in new
            )
    except IntegrityError as error:
        if violated(error) != "patient_identifier_once":
            raise
        raise Conflict(
            "external_id_taken", "Another patient has one of these ids. Find them by it.", field="external_ids"
        ) from None
    changed("patient.numbered", patient, patients=[patient.id], detail={"added": len(new), "removed": len(gone)})


@contextmanager
def _in_places() -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        if error.field == "birth":
            error.field = birth_place(error)
        raise
