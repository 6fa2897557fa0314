"""What would be read as something else, or as nothing, is refused with what to send; what RFC 3339 allows is not."""

import pytest
from django.conf import settings
from django.test import Client

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import Location, Visit
from tenants.webhooks.models import WebhookEndpoint
from tests.api.sending import faults, patch, post, problem
from tests.partners import client_of, resource_of

PATIENTS, VISITS, HOOKS = "/api/v1/patients/", "/api/v1/visits/", "/api/v1/webhook-endpoints/"


def detail(answer):
    return answer.json()["detail"]


def test_a_body_in_chunks_is_not_taken_for_none(api, patient):
    """Behind a server of WSGI it would be an empty one."""
    headers = {"Idempotency-Key": "k", "If-Match": "*", "Transfer-Encoding": "chunked"}
    for send, path in ((api.post, PATIENTS), (api.patch, f"{PATIENTS}{patient.id}/")):
        answer = send(path, b"", content_type="application/json", headers=headers)
        assert problem(answer) == (411, "length_required")
        assert "Content-Length" in detail(answer)
    whole = post(api, PATIENTS, {"given_name": "Noor"}, **{"Transfer-Encoding": "chunked"})
    assert whole.status_code == 201


@pytest.mark.parametrize("path", [f"{PATIENTS}?external_id=M%FCller", f"{PATIENTS}?%FC=1", f"{VISITS}?external_id=%C3"])
def test_a_parameter_that_is_no_utf_8_does_not_look_like_one_that_finds_nothing(api, path):
    answer = api.get(path)
    assert problem(answer) == (400, "bad_parameter")
    assert "UTF-8" in detail(answer)


def test_fhir_says_it_in_its_own_form_and_utf_8_is_read(api):
    answer = api.get("/api/fhir/r4/Patient?name=M%FCller")
    assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")
    post(api, PATIENTS, {"family_name": "Müller", "external_ids": ["Müller"]})
    assert len(api.get("/api/fhir/r4/Patient?name=M%C3%BCller").json()["entry"]) == 1
    assert len(api.get(f"{PATIENTS}?external_id=M%C3%BCller").json()["data"]) == 1


@pytest.mark.parametrize("body", ["null", "[]", "7", '"x"', "true"])
def test_whatever_is_no_object_is_told_to_be_one(api, body):
    answer = post(api, PATIENTS, body)
    assert faults(answer) == {("#", "type")}
    assert answer.json()["errors"][0]["detail"] == "Send a JSON object."


def test_lists_and_choices_are_said_in_our_words(api, patient):
    path = f"{PATIENTS}{patient.id}/"
    for value, code, says in (
        (None, "null", "This cannot be null."),
        ({}, "type", "Send a list."),
        ([{"kind": "phone", "value": "(503) 555-0101"}] * 21, "list_too_long", "Send at most 20."),
    ):
        answer = patch(api, path, {"contact_points": value})
        assert faults(answer) == {("#/contact_points", code)}
        assert answer.json()["errors"][0]["detail"] == says
    assert faults(patch(api, path, {"contact_points": [None]})) == {("#/contact_points/0", "type")}
    answer = patch(api, path, {"preferred_channel": "pigeon"})
    assert answer.json()["errors"][0]["detail"] == "Send one of call, text, email, letter, an empty text."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-12-10t10:00:00z", "2026-12-10T10:00:00Z"),
        ("2026-12-10T10:00:00.1234567Z", "2026-12-10T10:00:00.123456Z"),
        ("2026-12-10T10:00:00.123456789-08:00", "2026-12-10T18:00:00.123456Z"),
        ("2026-12-10T10:00:00.5+00:00", "2026-12-10T10:00:00.500000Z"),
    ],
)
def test_a_time_is_read_as_clocks_of_all_programs_write_it(api, aurora, patient, written, kept):
    with practice_scope(aurora):
        where = {"patient_id": str(patient.id), "location_id": str(Location.objects.get().id)}
    answer = post(api, VISITS, {**where, "starts_at": written})
    assert (answer.status_code, answer.json()["starts_at"]) == (201, kept)
    found = api.get("/api/fhir/r4/Appointment?date=ge2026-12-10T09:00:00.1234567Z").json()
    assert len(found["entry"]) == 1


@pytest.mark.parametrize(
    "written",
    ["2026-12-10T10:00:00", "2026-12-10 10:00:00Z", "2026-12-10T10:00Z", "2026-12-10T24:00:00Z",
     "2026-12-10T10:00:00+25:00", "2026-02-30T10:00:00Z", "2026-12-10T10:00:00.Z", 1796896800],
)  # fmt: skip
def test_what_is_no_time_with_its_offset_is_refused(api, aurora, patient, written):
    with practice_scope(aurora):
        where = {"patient_id": str(patient.id), "location_id": str(Location.objects.get().id)}
    assert faults(post(api, VISITS, {**where, "starts_at": written})) == {("#/starts_at", "type")}
    with practice_scope(aurora):
        assert not Visit.objects.exists()


def test_a_token_has_nothing_told_that_it_may_not_read_whatever_was_granted(program, grant, aurora, api):
    narrow = client_of(program.token(aurora, ["practice:read"]), at=aurora)
    both = {"url": "https://hooks.example.com/", "event_types": ["location.changed", "patient.changed"]}
    answer = post(narrow, HOOKS, both)
    assert problem(answer) == (403, "insufficient_scope")
    assert "patients:read" in detail(answer)
    with practice_scope(aurora):
        assert not WebhookEndpoint.objects.exists()
        denied = Entry.objects.get(verb="address.open")
        assert (denied.detail, denied.asker_id) == ({"scope": "patients:read"}, program.application.id)
    row = post(narrow, HOOKS, {**both, "event_types": ["location.changed"]}).json()
    path = f"{HOOKS}{row['id']}/"
    assert problem(patch(narrow, path, {"event_types": both["event_types"]})) == (403, "insufficient_scope")
    assert patch(narrow, path, {"is_on": False}).status_code == 200
    assert patch(api, path, {"event_types": both["event_types"]}).status_code == 200


@pytest.mark.parametrize("form", [{"grant_type": ""}, {"scope": ["practice:read"] * 2}])
def test_a_form_for_a_token_with_too_little_or_too_much_says_what_to_send(program, grant, aurora, form):
    answer = program.ask_token(resource=resource_of(aurora), scope="practice:read", form=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert "grant_type=client_credentials" in answer.json()["error_description"]


def test_a_program_that_stops_at_api_is_answered_as_programs_are(api):
    assert problem(api.get("/api")) == (404, "not_found")
    assert problem(Client(SERVER_NAME=settings.NETWORK_HOST).get("/api")) == (404, "not_found")
