"""A system that speaks FHIR reads patients and visits: valid resources, the same rules, the same trail."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.encounter import Encounter
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.patient import Patient as FhirPatient

from api.fhir.types import TYPES
from api.fhir.urls import for_programs
from api.fhir.views import FhirRead
from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Guardianship, Location, Patient, PatientIdentifier, Staff
from loyalty.patients.enrol import enrol
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from tests.api.sending import post
from tests.partners import client_of, registered

BASE = "/api/fhir/r4/"
FHIR = "application/fhir+json"


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def full(aurora, patient, program):
    """Beatrice, of whom much is known."""
    with practice_scope(aurora):
        Patient.objects.filter(id=patient.id).update(
            preferred_name="Bea", pronouns="she/her", birth_year=1984, birth_month=2, language="en-US", city="Salem",
            record_number="007", no_contact=True, plain_envelope=True,
        )  # fmt: skip
        ContactPoint.objects.create(
            patient=patient, kind="phone", value="(503) 555-0101", search="5035550101", rank=1, do_not_use=True
        )
        Guardianship.objects.create(patient=patient, name="Mia Lindgren", phone="(503) 555-0120")
        PatientIdentifier.objects.create(patient=patient, system=f"partner:{program.application.id}", value="H-17")
        PatientIdentifier.objects.create(patient=patient, system="urn:of-another", value="X-1")
    return patient


@pytest.fixture
def visits(aurora, patient, now):
    """One to come, one here and one that is over, each on a day of its own."""
    with practice_scope(aurora):
        usual = {"patient_id": patient.id, "location_id": Location.objects.get().id}
        staff = Staff.objects.filter(is_active=True).first()
        over = book(**usual, starts_at=now - timedelta(days=1), staff_id=staff.id, now=now - timedelta(days=2))
        complete(visit_id=over.id, now=now - timedelta(days=1))
        here = book(**usual, starts_at=now + timedelta(minutes=5), now=now)
        arrive(visit_id=here.id, now=now)
        return {"over": over, "here": here, "ahead": book(**usual, starts_at=now + timedelta(days=7), now=now)}


def ids(answer):
    assert answer.status_code == 200, answer.content
    bundle = answer.json()
    Bundle.model_validate(bundle)
    return [one["resource"]["id"] for one in bundle.get("entry", [])]


def issue(answer):
    assert answer["Content-Type"] == FHIR
    OperationOutcome.model_validate(answer.json())
    (one,) = answer.json()["issue"]
    return answer.status_code, one["code"], one["details"]["coding"][0]["code"]


def test_a_patient_is_a_valid_resource_with_the_programs_own_id_and_no_others(api, full):
    answer = api.get(f"{BASE}Patient/{full.id}")
    body = answer.json()
    FhirPatient.model_validate(body)
    assert answer["Content-Type"] == FHIR
    assert body["identifier"] == [
        {
            "use": "usual",
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
            "value": "007",
        },
        {"system": "urn:perennial:external-id", "value": "H-17"},
    ]
    assert body["birthDate"] == "1984-02"
    assert body["telecom"] == [{"system": "phone", "value": "(503) 555-0101", "use": "old", "rank": 1}]
    wishes = [one["valueCode"] for one in body["extension"] if one["url"] == "urn:perennial:wish"]
    assert wishes == ["plain_envelope", "no_contact"]
    assert b"0120" not in answer.content, "nobody let the program see guardians' numbers"
    assert body["meta"]["lastUpdated"].endswith("+00:00")


def test_a_record_that_became_a_part_of_another_says_of_which(api, aurora, patient, now):
    with practice_scope(aurora):
        other = enrol(given_name="B.", family_name="Lindgren", now=now)
        Patient.objects.filter(id=other.id).update(merged_into=patient)
    body = api.get(f"{BASE}Patient/{other.id}").json()
    FhirPatient.model_validate(body)
    assert body["active"] is False
    assert body["link"] == [{"other": {"reference": f"Patient/{patient.id}"}, "type": "replaced-by"}]


def test_a_visit_is_an_appointment_until_somebody_comes_and_an_encounter_from_then_on(api, aurora, visits):
    ahead = api.get(f"{BASE}Appointment/{visits['ahead'].id}").json()
    Appointment.model_validate(ahead)
    over = api.get(f"{BASE}Encounter/{visits['over'].id}").json()
    Encounter.model_validate(over)
    assert (ahead["status"], over["status"]) == ("booked", "finished")
    for reference in [one["actor"]["reference"] for one in ahead["participant"]]:
        assert api.get(f"{BASE}{reference}").json()["id"] == reference.partition("/")[2]
    assert issue(api.get(f"{BASE}Encounter/{visits['ahead'].id}")) == (404, "not-found", "not_found")
    assert issue(api.get(f"{BASE}Appointment/{visits['here'].id}")) == (404, "not-found", "not_found")
    assert ids(api.get(f"{BASE}Appointment")) == [str(visits["ahead"].id)]
    assert set(ids(api.get(f"{BASE}Encounter"))) == {str(visits["here"].id), str(visits["over"].id)}


def test_a_programs_own_id_of_a_visit_is_its_identifier_and_no_other_programs(api, aurora, patient, now):
    with practice_scope(aurora):
        location = Location.objects.get()
    body = {
        "patient_id": str(patient.id), "location_id": str(location.id), "external_id": "A-1",
        "starts_at": (now + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    row = post(api, "/api/v1/visits/", body).json()
    assert ids(api.get(f"{BASE}Appointment?identifier=urn:perennial:external-id|A-1")) == [row["id"]]
    assert api.get(f"{BASE}Appointment/{row['id']}").json()["identifier"][0]["value"] == "A-1"
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert ids(theirs.get(f"{BASE}Appointment?identifier=A-1")) == []
    assert "identifier" not in theirs.get(f"{BASE}Appointment/{row['id']}").json()


def test_the_trail_names_each_patient_of_a_search_in_one_entry(api, program, aurora, patient, visits, now):
    with practice_scope(aurora):
        for name in ("Ada", "Ida"):
            enrol(given_name=name, family_name="", now=now)
    shown = ids(api.get(f"{BASE}Patient?_count=2"))
    assert len(shown) == 2
    api.get(f"{BASE}Encounter?status=finished")
    with practice_scope(aurora):
        sent = Entry.objects.get(verb="patients.sent")
        assert (sent.asker_id, {str(one) for one in sent.patients}) == (program.application.id, set(shown))
        assert Entry.objects.get(verb="visits.sent").patients == [patient.id]


def test_pages_give_each_patient_once(api, aurora, now):
    with practice_scope(aurora):
        made = {str(enrol(given_name=f"P{number}", family_name="", now=now).id) for number in range(5)}
    seen, url = [], f"{BASE}Patient?_count=2&name=p"
    while url:
        answer = api.get(url)
        found = ids(answer)
        assert len(found) <= 2
        seen += found
        links = {one["relation"]: one["url"] for one in answer.json()["link"]}
        assert links["self"].endswith(url)
        url = "/" + links["next"].split("/", 3)[3] if "next" in links else ""
    assert (len(seen), set(seen)) == (5, made)


def test_an_etag_spares_what_did_not_change(api, patient):
    first = api.get(f"{BASE}Patient/{patient.id}")
    again = api.get(f"{BASE}Patient/{patient.id}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_whatever_goes_wrong_is_an_operation_outcome(api, aurora, program, patient):
    assert issue(api.get(f"{BASE}Patient/nobody")) == (404, "not-found", "not_found")
    assert issue(api.get(f"{BASE}Observation")) == (404, "not-found", "not_found")
    assert issue(api.post(f"{BASE}Patient", {}, content_type=FHIR)) == (405, "not-supported", "method_not_allowed")
    assert issue(api.get(f"{BASE}Patient", headers={"Accept": "application/fhir+xml"}))[0] == 406
    assert issue(api.get(f"{BASE}Patient?_format=xml"))[0] == 406
    assert issue(client_of(None, at=aurora).get(f"{BASE}Patient")) == (401, "login", "invalid_token")
    little = client_of(program.token(aurora, ["visits:read"]), at=aurora)
    refused = little.get(f"{BASE}Patient")
    assert issue(refused) == (403, "forbidden", "insufficient_scope")
    assert 'scope="patients:read"' in refused["WWW-Authenticate"]


@pytest.mark.parametrize("accept", ["application/fhir+json", "application/json;q=0.9, text/html", "*/*"])
def test_json_by_any_of_its_names_is_offered(api, patient, accept):
    assert ids(api.get(f"{BASE}Patient?_format=json")) == [str(patient.id)]
    answer = api.get(f"{BASE}Patient", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, FHIR)


def test_a_failure_here_tells_nothing_of_itself(api, patient, monkeypatch):
    def fails(_self, _request, row_id):
        raise RuntimeError("Beatrice Lindgren")

    monkeypatch.setattr(FhirRead, "get", fails)
    api.raise_request_exception = False
    answer = api.get(f"{BASE}Patient/{patient.id}")
    assert issue(answer) == (500, "exception", "failed")
    assert b"Beatrice" not in answer.content


def test_its_limit_is_that_of_the_whole_api(api, settings, patient):
    settings.API_REQUESTS_A_MINUTE = 2
    assert api.get("/api/v1/").status_code == 200
    assert api.get(f"{BASE}Patient")["RateLimit"].startswith('"minute";r=0')
    refused = api.get(f"{BASE}Patient")
    assert issue(refused) == (429, "throttled", "too_many_requests")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_what_can_be_asked_for_is_told_to_everybody_and_is_what_there_is(api, aurora, patient):
    answer = Client(SERVER_NAME=api.defaults["SERVER_NAME"]).get(f"{BASE}metadata")
    told = answer.json()
    CapabilityStatement.model_validate(told)
    assert answer["Content-Type"] == FHIR
    (rest,) = told["rest"]
    assert {one["type"] for one in rest["resource"]} == {of.name for of, _ in TYPES}
    assert len(for_programs) == 2 * len(TYPES)
    for resource in rest["resource"]:
        for param in resource["searchParam"]:
            value = {"date": f"ge{date(2020, 1, 1)}"}.get(param["type"], "booked")
            value = "arrived" if (resource["type"], param["name"]) == ("Encounter", "status") else value
            assert api.get(f"{BASE}{resource['type']}?{param['name']}={value}").status_code == 200, param
