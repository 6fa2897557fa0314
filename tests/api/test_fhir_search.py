"""What is searched for is found, what is not is not; and a parameter that is not applied never looks like one."""

from datetime import timedelta

import pytest
import time_machine
from fhir.resources.R4B.bundle import Bundle

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Patient
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.cancel import cancel
from loyalty.visits.confirm import confirm
from tests.api.sending import post

BASE = "/api/fhir/r4/"


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def people(aurora, now):
    """By a short name each: two Garcías, one with an accent, and what is known of their births."""
    with practice_scope(aurora):
        jose = enrol(given_name="José", family_name="García", record_number="007", now=now)
        joan = enrol(given_name="Joan", family_name="Garcia-Lopez", now=now)
        noor = enrol(given_name="Noor", family_name="Haddad", preferred_name="Jo", now=now)
        Patient.objects.filter(id=jose.id).update(birth_year=1984, birth_month=2, birth_day=29)
        Patient.objects.filter(id=joan.id).update(birth_year=1984)
        Patient.objects.filter(id=noor.id).update(birth_year=1990, birth_month=7)
    return {str(jose.id): "jose", str(joan.id): "joan", str(noor.id): "noor"}


def found(api, people, query):
    answer = api.get(f"{BASE}Patient?{query}")
    assert answer.status_code == 200, answer.content
    Bundle.model_validate(answer.json())
    return {people[one["resource"]["id"]] for one in answer.json().get("entry", [])}


@pytest.mark.parametrize(
    ("query", "those"),
    [
        ("", {"jose", "joan", "noor"}),
        ("family=garcia", {"jose", "joan"}),
        ("family=GARCÍA", {"jose", "joan"}),
        ("family=lopez", set()),
        ("family=%25", set()),
        ("family=_arcia", set()),
        ("given=jo", {"jose", "joan", "noor"}),
        ("given=jose&family=garcia", {"jose"}),
        ("given=jose,noor", {"jose", "noor"}),
        ("name=had", {"noor"}),
        ("identifier=007", {"jose"}),
        ("identifier=%7C007", {"jose"}),
        ("identifier=urn:perennial:external-id%7C007", set()),
        ("identifier=urn:other%7C007", set()),
        ("birthdate=1984-02-29", {"jose"}),
        ("birthdate=1984", {"jose", "joan"}),
        ("birthdate=eq1984-02", {"jose"}),
        ("birthdate=ge1984-03", {"joan", "noor"}),
        ("birthdate=gt1984", {"noor"}),
        ("birthdate=lt1984-02-29", {"joan"}),
        ("birthdate=le1984-02-29", {"jose", "joan"}),
        ("birthdate=ge1984&birthdate=lt1990", {"jose", "joan"}),
        ("birthdate=ge1990-07", {"noor"}),
        ("_id=nobody", set()),
        ("_lastUpdated=ge2026-11-23", {"jose", "joan", "noor"}),
        ("_lastUpdated=lt2026-11-23", set()),
        ("_lastUpdated=2026-11-23T17:00:00Z", {"jose", "joan", "noor"}),
        ("_lastUpdated=gt2026-11-23T09:00:00-08:00", set()),
        ("_lastUpdated=gt2026-11-23T17:00:00%2B00:00", set()),
        ("_count=500", {"jose", "joan", "noor"}),
    ],
)
def test_patients(api, people, query, those):
    assert found(api, people, query) == those


def test_patients_by_id_one_or_several(api, people):
    first, second, _ = people
    assert found(api, people, f"_id={first}") == {"jose"}
    assert found(api, people, f"_id={first},{second},nobody") == {"jose", "joan"}


def test_a_patient_by_the_programs_own_id(api, people):
    row = post(api, "/api/v1/patients/", {"given_name": "Ada", "external_ids": ["H|1"]}).json()
    known = {**people, row["id"]: "ada"}
    assert found(api, known, "identifier=urn:perennial:external-id%7CH%7C1") == set(), "the last bar parts them"
    row = post(api, "/api/v1/patients/", {"given_name": "Ida", "external_ids": ["H-1"]}).json()
    known = {**people, row["id"]: "ida"}
    assert found(api, known, "identifier=urn:perennial:external-id%7CH-1") == {"ida"}
    assert found(api, known, "identifier=H-1,007") == {"ida", "jose"}
    assert found(api, known, "identifier=%7CH-1") == set()


@pytest.fixture
def visits(aurora, patient, now):
    """Of Beatrice on Monday (confirmed) and Tuesday, and a cancelled one of Noor."""
    with practice_scope(aurora):
        location = Location.objects.get().id
        noor = enrol(given_name="Noor", family_name="", now=now)
        made = {
            name: book(patient_id=who.id, location_id=location, starts_at=now + timedelta(days=days), now=now)
            for name, who, days in (("monday", patient, 7), ("tuesday", patient, 8), ("off", noor, 9))
        }
        confirm(visit_id=made["monday"].id, now=now)
        cancel(visit_id=made["off"].id, now=now)
    return {str(one.id): name for name, one in made.items()}


@pytest.mark.parametrize(
    ("query", "those"),
    [
        ("status=booked", {"monday", "tuesday"}),
        ("status=http://hl7.org/fhir/appointmentstatus%7Ccancelled", {"off"}),
        ("status=noshow,cancelled", {"off"}),
        ("status=proposed", set()),
        ("date=2026-11-30", {"monday"}),
        ("date=ge2026-12-01", {"tuesday", "off"}),
        ("date=gt2026-11-30&date=lt2026-12-02", {"tuesday"}),
        ("date=le2026-11-30T17:00:00Z", {"monday"}),
        ("date=lt2026-11-30T17:00:00Z", set()),
        ("date=2026-12&status=booked", {"tuesday"}),
        ("patient=nobody", set()),
    ],
)
def test_appointments(api, visits, query, those):
    answer = api.get(f"{BASE}Appointment?{query}")
    assert answer.status_code == 200, answer.content
    assert {visits[one["resource"]["id"]] for one in answer.json().get("entry", [])} == those


def test_appointments_of_a_patient(api, visits, patient):
    for query in (f"patient={patient.id}", f"patient=Patient/{patient.id}"):
        answer = api.get(f"{BASE}Appointment?{query}").json()
        assert {visits[one["resource"]["id"]] for one in answer["entry"]} == {"monday", "tuesday"}


@pytest.mark.parametrize(
    ("kind", "query", "says"),
    [
        ("Patient", "dreamed=1", "Patient is not searched by 'dreamed'. Known: _id, _lastUpdated, identifier, name,"),
        ("Patient", "name:exact=Noor", "Patient is not searched by 'name:exact'."),
        ("Patient", "_include=Patient:link", "is not searched by '_include'"),
        ("Appointment", "patient.name=Noor", "Appointment is not searched by 'patient.name'"),
        ("Patient", "name=", "Send a value of at most 200 characters."),
        ("Patient", "name=%00", "Send a value"),
        ("Patient", "name=a,,b", "Send a value"),
        ("Patient", "birthdate=1984-02-30", "Send a day, a month or a year, as in ge2026-11-23."),
        ("Patient", "birthdate=1984-02-29T00:00:00Z", "Send a day, a month or a year, as in ge2026-11-23."),
        ("Patient", "birthdate=ne1984", "one with eq, gt, ge, lt, le before it"),
        ("Patient", "_lastUpdated=yesterday", "one with eq, gt, ge, lt, le before it"),
        ("Patient", "_lastUpdated=2026-11-23T09:00:00", "a time with its offset"),
        ("Patient", "_lastUpdated=9999-12-31T23:59:59Z", "Send a day"),
        ("Patient", "_lastUpdated=gt9999-12-31", "Send a day"),
        ("Patient", "_lastUpdated=0001-01-01T00:00:00%2B14:00", "Send a day"),
        ("Patient", "_lastUpdated=2026-11-23T25:00:00Z", "Send a day"),
        ("Patient", "_lastUpdated=0000", "Send a day"),
        ("Patient", "identifier=urn:other%7C", "Send a code, or system|code."),
        ("Appointment", "status=done", "Send one of proposed,"),
        ("Encounter", "status=booked", "Send one of planned,"),
        ("Patient", "_count=0", "Send a number from 1 to 200."),
        ("Patient", "_count=many", "Send a number from 1 to 200."),
        ("Patient", "_count=5&_count=6", "Send it once."),
        ("Patient", "_after=here", "Follow the next link as it was given."),
        ("Patient", "_after=1.------------------------------------", "Follow the next link as it was given."),
    ],
)
def test_what_cannot_be_searched_for_is_refused_with_what_can(api, kind, query, says):
    answer = api.get(f"{BASE}{kind}?{query}")
    assert answer.status_code == 400, answer.content
    issue = answer.json()["issue"][0]
    assert (issue["code"], issue["details"]["coding"][0]["code"]) == ("invalid", "bad_parameter")
    assert says in issue["diagnostics"]


def test_one_resource_has_no_parameters(api, patient):
    answer = api.get(f"{BASE}Patient/{patient.id}?_summary=true")
    assert (answer.status_code, answer.json()["issue"][0]["expression"]) == (400, ["http._summary"])
