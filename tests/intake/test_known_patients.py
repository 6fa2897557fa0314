"""How a patient of an export is told from those the practice already has."""

import csv

import pytest

from loyalty.models import Patient, PatientIdentifier
from tests.intake.exports import patient

MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def numbered(number: str, id: str = "p1", **fields):
    return patient(id, identifier=[{"type": MR, "system": "urn:ehr", "value": number}], **fields)


def reasons(summary) -> list[str]:
    if summary.report is None:
        return []
    with summary.report.open(newline="") as file:
        return [row["reason"] for row in csv.DictReader(file)]


def test_by_an_identifier_that_another_source_gave(import_into_aurora):
    known = Patient.objects.create(given_name="Ann")
    PatientIdentifier.objects.create(patient=known, system="urn:ehr", value="7")
    summary = import_into_aurora(numbered("7"))
    assert Patient.objects.get().family_name == "Lee"
    assert summary.loaded.patients.changed == 1


@pytest.mark.parametrize(
    "fields", [{"family_name": "LEE"}, {"family_name": "Ito", "birth_year": 1980, "birth_month": 5, "birth_day": 17}]
)
def test_by_the_record_number_with_the_family_name_or_the_birth_date(import_into_aurora, fields):
    Patient.objects.create(record_number="007", **fields)
    import_into_aurora(numbered("007", birthDate="1980-05-17"))
    one = Patient.objects.get()
    assert (one.record_number, one.given_name, one.family_name) == ("007", "Ann", "Lee")


def test_a_record_number_alone_is_not_enough(import_into_aurora):
    Patient.objects.create(record_number="007", family_name="Ito")
    summary = import_into_aurora(numbered("007"))
    assert set(Patient.objects.values_list("family_name", "record_number")) == {("Ito", "007"), ("Lee", "")}
    assert reasons(summary) == ['the record number "007" belongs to another patient; left out']


def test_two_patients_of_one_export_are_two_patients_whatever_they_share(import_into_aurora):
    summary = import_into_aurora(numbered("7", "p1"), numbered("7", "p2"))
    assert Patient.objects.count() == 2
    assert reasons(summary) == [
        'the record number "7" belongs to another patient; left out',
        'the identifier "7" of "urn:ehr" belongs to another patient; left out',
    ]


def test_two_patients_who_share_a_number_with_a_known_one_are_not_both_taken_for_it(import_into_aurora):
    known = Patient.objects.create(family_name="Lee")
    PatientIdentifier.objects.create(patient=known, system="urn:ehr", value="7")
    import_into_aurora(numbered("7", "p1"), numbered("7", "p2"))
    owners = dict(PatientIdentifier.objects.filter(system="fhir:Patient").values_list("value", "patient_id"))
    assert owners["p1"] == known.id
    assert owners["p2"] != known.id


def test_identifiers_of_two_known_patients_match_neither(import_into_aurora):
    for value in ("7", "8"):
        PatientIdentifier.objects.create(
            patient=Patient.objects.create(family_name="Lee"), system="urn:ehr", value=value
        )
    both = [{"system": "urn:ehr", "value": value} for value in ("7", "8")]
    import_into_aurora(patient(identifier=both))
    assert Patient.objects.count() == 3


def test_an_identifier_without_a_system_matches_nobody(import_into_aurora):
    import_into_aurora(patient("p1", identifier=[{"value": "7"}]), patient("p2", identifier=[{"value": "7"}]))
    assert set(PatientIdentifier.objects.values_list("system", "value")) == {
        ("fhir:Patient", "p1"),
        ("fhir:Patient", "p2"),
    }
