import json

import pytest

from tests.intake.exports import encounter, patient, read, read_lines, write


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/p1"},
        {"reference": "Patient/p1/_history/3"},
        {"reference": "https://ehr.example/fhir/Patient/p1"},
        {"reference": "http://ehr.example/Patient/p1/_history/1"},
        {"reference": "urn:uuid:p1"},
        {"reference": "urn:uuid:p1", "type": "Patient"},
        {"reference": "Patient?identifier=urn:ehr|000417"},
        {"reference": "Patient?identifier=urn%3Aehr%7C000417"},
        {"identifier": {"system": "urn:ehr", "value": "000417"}},
        {"identifier": {"system": "urn:ehr", "value": "000417"}, "type": "Patient"},
    ],
)
def test_every_way_to_write_a_reference_leads_to_the_patient(tmp_path, subject):
    someone = patient(identifier=[{"system": "urn:ehr", "value": "000417"}])
    export = read_lines(tmp_path, someone, encounter(subject=subject))
    assert ([visit.patient_id for visit in export.visits], export.errors) == (["p1"], [])


def test_an_identifier_of_two_patients_leads_to_neither(tmp_path):
    both = [patient(id, identifier=[{"system": "urn:ehr", "value": "1"}]) for id in ("p1", "p2")]
    export = read_lines(tmp_path, *both, encounter(subject={"identifier": {"system": "urn:ehr", "value": "1"}}))
    assert export.visits == []
    assert export.reasons() == ['refers to the patient "?urn:ehr|1", who is not among those that land']


def test_what_a_bundle_calls_a_resource_leads_to_it(tmp_path):
    entries = [
        {"fullUrl": "urn:uuid:aaa", "resource": patient("p1")},
        {"fullUrl": "urn:uuid:bbb", "resource": {**patient("x"), "id": None}},
        {"resource": encounter("e1", subject={"reference": "urn:uuid:aaa"})},
        {"resource": encounter("e2", subject={"reference": "urn:uuid:bbb"})},
    ]
    export = read(write(tmp_path, a_json=json.dumps({"resourceType": "Bundle", "entry": entries}).encode()))
    assert [(visit.id, visit.patient_id) for visit in export.visits] == [("e1", "p1"), ("e2", "bbb")]


@pytest.mark.parametrize("reference", ["#p1", "p1", "Patient/", "Patient/../p1", "urn:uuid:", "ftp://x/Patient/p1"])
def test_a_reference_that_leads_nowhere_is_quoted(tmp_path, reference):
    export = read_lines(tmp_path, patient(), encounter(subject={"reference": reference}))
    assert export.visits == []
    assert json.dumps(reference) in export.reasons()[0]


def test_records_that_replace_each_other_in_a_circle_end_somewhere(tmp_path):
    def replaced(id: str, by: str) -> dict:
        return patient(id, link=[{"type": "replaced-by", "other": {"reference": f"Patient/{by}"}}])

    chain = [replaced("a", "b"), replaced("b", "c"), patient("c")]
    circle = [replaced("x", "y"), replaced("y", "x")]
    export = read_lines(tmp_path, *chain, *circle, encounter("e1", of="a"), encounter("e2", of="x"))
    assert [(visit.id, visit.patient_id) for visit in export.visits] == [("e1", "c")]
    assert export.reasons() == ['refers to the patient "x", who is not among those that land']
