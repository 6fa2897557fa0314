"""Whoever gets something wrong on the first day reads in the answer what to do instead."""

import base64

import pytest
from django.conf import settings
from django.test import Client

from core.tenancy.scope import practice_scope
from loyalty.models import Import, Patient
from tenants.webhooks.models import WebhookEndpoint
from tests.api.sending import faults, patch, post, problem
from tests.partners import client_of, resource_of

PATIENTS, VISITS, HOOKS = "/api/v1/patients/", "/api/v1/visits/", "/api/v1/webhook-endpoints/"


def detail(answer):
    return answer.json()["detail"]


@pytest.mark.parametrize("at", ["/api/v1/patients", "/api/token", "/api/v1/patients/bulk"])
def test_without_its_slash_nothing_is_sent_on_and_nothing_is_done(api, aurora, at):
    """Whoever follows a redirect asks again with GET, and takes a list for what they made."""
    if at == "/api/token":
        api = Client(SERVER_NAME=settings.NETWORK_HOST)
    answer = post(api, at, {"given_name": "Noor"})
    assert (problem(answer), detail(answer)) == (
        (404, "not_found"),
        "The address ends with a slash. Send the request there.",
    )
    assert api.get(at).status_code == 404
    with practice_scope(aurora):
        assert not Patient.objects.filter(given_name="Noor").exists()


def test_with_a_slash_too_many_too(api):
    answer = api.get("/api/v1/openapi.json/")
    assert (problem(answer), detail(answer)) == (
        (404, "not_found"),
        "The address ends without a slash. Send the request there.",
    )
    said = api.get("/api/fhir/r4/Patient/").json()["issue"][0]["diagnostics"]
    assert said == "The address ends without a slash. Send the request there."


def test_pages_for_people_are_found_without_their_slash(client, aurora):
    answer = client_of(None, at=aurora).get("/api/v1/docs")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/docs/")


def test_a_method_that_is_not_offered_says_where_those_stand_that_are(api):
    answer = api.delete(PATIENTS)
    assert problem(answer) == (405, "method_not_allowed")
    assert "Allow" in detail(answer)
    assert answer["Allow"] == "GET, HEAD, POST"


def test_json_that_breaks_off_says_where_and_repeats_nothing_of_it(api):
    answer = post(api, PATIENTS, '{"given_name":\n "Noor", oops')
    assert problem(answer) == (400, "not_readable")
    assert "line 2, column 10" in detail(answer)
    assert "oops" not in answer.content.decode()


def test_all_scopes_that_are_missing_are_named_at_once(program, grant, aurora, patient):
    api = client_of(program.token(aurora, ["practice:read"]), at=aurora)
    answer = post(api, f"{VISITS}{patient.id}/confirm/")
    assert problem(answer) == (403, "insufficient_scope")
    assert "scopes visits:read and visits:write" in detail(answer)
    assert 'scope="visits:read visits:write"' in answer["WWW-Authenticate"]
    api = client_of(program.token(aurora, ["visits:read"]), at=aurora)
    answer = post(api, f"{VISITS}{patient.id}/confirm/")
    assert "the scope visits:write, too" in detail(answer)
    assert 'scope="visits:write"' in answer["WWW-Authenticate"]


def test_a_host_that_is_none_is_not_told_about_json(db):
    answer = Client(SERVER_NAME="evil.example.com").get(PATIENTS)
    assert (problem(answer), "host" in detail(answer)) == ((400, "not_readable"), True)


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        ({"scope": ""}, "invalid_scope", "Send as scope"),
        ({"scope": "patients:erase"}, "invalid_scope", "Send as scope"),
        (
            {"scope": "practice:read", "form": {"grant_type": "password"}},
            "unsupported_grant_type",
            "client_credentials",
        ),
        ({"scope": "practice:read", "headers": {"Authorization": "Basic eDp5"}}, "invalid_client", "client id and"),
        ({"scope": "practice:read", "resource": "http://aurora"}, "invalid_target", "with /api/v1/ at the end"),
    ],
)
def test_a_token_that_is_refused_says_what_to_send(program, grant, aurora, ask, error, says):
    body = program.ask_token(**{"resource": resource_of(aurora), **ask}).json()
    assert body["error"] == error
    assert says in body["error_description"]


def test_an_event_type_that_is_none_is_named_at_its_place(api, aurora):
    answer = post(api, HOOKS, {"url": "https://hooks.example.com/", "event_types": ["patient.dreamed"]})
    assert faults(answer) == {("#/event_types", "kind_not_offered")}
    assert "“patient.dreamed”" in detail(answer)
    with practice_scope(aurora):
        assert not WebhookEndpoint.objects.exists()
    row = post(api, HOOKS, {"url": "https://hooks.example.com/", "event_types": ["patient.changed"]}).json()
    answer = patch(api, f"{HOOKS}{row['id']}/", {"event_types": []})
    assert faults(answer) == {("#/event_types", "kinds_empty")}


@pytest.mark.parametrize(
    ("birth", "place"),
    [
        ({"birth_month": 2}, "birth_year"),
        ({"birth_year": 1984, "birth_day": 9}, "birth_month"),
        ({"birth_year": 1984, "birth_month": 13}, "birth_month"),
        ({"birth_year": 1985, "birth_month": 2, "birth_day": 29}, "birth_day"),
    ],
)
def test_of_a_date_of_birth_the_part_that_is_wrong_is_named(api, birth, place):
    one = post(api, PATIENTS, {"given_name": "Noor", **birth})
    assert {pointer for pointer, _ in faults(one)} == {f"#/{place}"}
    (row,) = post(api, f"{PATIENTS}bulk/", {"patients": [{"external_id": "H", "given_name": "N", **birth}]}).json()[
        "results"
    ]
    assert row["errors"][0]["pointer"] == f"#/patients/0/{place}"


@pytest.mark.parametrize(
    "content", [b'<Bundle xmlns="http://hl7.org/fhir">\n <type value="batch"/>', b"\xef\xbb\xbf<Bundle/>"]
)
def test_a_bundle_in_xml_is_not_taken_for_a_table(api, aurora, content):
    answer = post(api, "/api/v1/imports/", {"file_name": "a.xml", "content": base64.b64encode(content).decode()})
    assert faults(answer) == {("#/content", "file_no_table")}
    with practice_scope(aurora):
        assert not Import.objects.exists()


def test_a_table_whose_first_name_stands_in_angle_brackets_is_one(api):
    content = base64.b64encode(b"<Name>,Phone\nNoor Haddad,5035550101\n").decode()
    assert post(api, "/api/v1/imports/", {"file_name": "a.csv", "content": content}).json()["file_type"] == "csv"
