"""Finds the patients of an export among those the practice already has."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from core.copying import select_rows
from loyalty.intake.fhir.rows import Identifier, PatientRow
from loyalty.intake.loading.external_id import FHIR_PATIENT
from loyalty.models import Patient, PatientIdentifier


def identifiers_of(row: PatientRow) -> list[Identifier]:
    """The FHIR id first, then every identifier that names its system."""
    return [Identifier(FHIR_PATIENT, row.id), *(one for one in row.identifiers if one.system)]


def owners_of(identifiers: Sequence[Identifier]) -> dict[Identifier, UUID]:
    """Which patient holds each identifier; of a merged patient, the one it was merged into."""
    held = select_rows(
        PatientIdentifier,
        ("system", "value", "patient_id"),
        "(system, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
        [[one.system for one in identifiers], [one.value for one in identifiers]],
    )
    survivors = _survivors([patient for _, _, patient in held])
    return {Identifier(system, value): survivors[patient] for system, value, patient in held}


def match(rows: Sequence[PatientRow], owners: dict[Identifier, UUID]) -> dict[str, UUID]:
    """Patient ids by FHIR id: by that id; else by another identifier or the record number.

    A patient who is known by another FHIR id is somebody else, whatever they share. A record number alone says who
    somebody is only together with the family name or the date of birth.
    """
    matched = {row.id: owner for row in rows if (owner := owners.get(Identifier(FHIR_PATIENT, row.id)))}
    strangers = [row for row in rows if row.id not in matched]
    by_number = _by_record_number([row.record_number for row in strangers if row.record_number])
    candidates: dict[str, UUID] = {}
    for row in strangers:
        found = {owner for one in identifiers_of(row) if (owner := owners.get(one))}
        if not found and row.record_number in by_number and _same_person(row, by_number[row.record_number]):
            found = {by_number[row.record_number][0]}
        if len(found) == 1:
            candidates[row.id] = found.pop()
    taken = set(matched.values()) | _known_by_fhir_id(list(candidates.values()))
    for id, patient in candidates.items():
        if patient not in taken:
            matched[id] = patient
            taken.add(patient)
    return matched


def record_numbers_taken(numbers: Sequence[str]) -> dict[str, UUID]:
    """Who has each record number."""
    condition = "record_number = ANY(%s) AND merged_into_id IS NULL"
    return dict(select_rows(Patient, ("record_number", "id"), condition, [list(numbers)]))


def patients_by_fhir_id(ids: Sequence[str]) -> dict[str, UUID]:
    owners = owners_of([Identifier(FHIR_PATIENT, id) for id in ids])
    return {one.value: patient for one, patient in owners.items()}


def _known_by_fhir_id(patients: Sequence[UUID]) -> set[UUID]:
    condition = "patient_id = ANY(%s) AND system = %s"
    return {one for (one,) in select_rows(PatientIdentifier, ("patient_id",), condition, [patients, FHIR_PATIENT])}


Named = tuple[UUID, str, int | None, int | None, int | None]


def _by_record_number(numbers: Sequence[str]) -> dict[str, Named]:
    columns = ("record_number", "id", "family_name", "birth_year", "birth_month", "birth_day")
    condition = "record_number = ANY(%s) AND merged_into_id IS NULL"
    return {number: (id, *rest) for number, id, *rest in select_rows(Patient, columns, condition, [list(numbers)])}


def _same_person(row: PatientRow, known: Named) -> bool:
    _, family_name, *born = known
    if row.family_name and row.family_name.casefold() == family_name.casefold():
        return True
    return row.birth_date is not None and [row.birth_date.year, row.birth_date.month, row.birth_date.day] == born


def _survivors(patients: Sequence[UUID]) -> dict[UUID, UUID]:
    """Where each patient's record is kept today: merges are followed to their end."""
    if not patients:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT patient, id FROM ("
            "WITH RECURSIVE kept (patient, id, merged_into_id) AS ("
            " SELECT id, id, merged_into_id FROM loyalty_patient WHERE id = ANY(%s)"
            " UNION SELECT kept.patient, p.id, p.merged_into_id FROM kept"
            " JOIN loyalty_patient p ON p.id = kept.merged_into_id"
            ") SELECT * FROM kept) AS followed WHERE merged_into_id IS NULL",
            [list(patients)],
        )
        return dict(cursor.fetchall())
