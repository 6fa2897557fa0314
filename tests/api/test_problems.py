"""Whatever goes wrong, a program gets the same form: problem details with a stable code."""

import pytest
from django.test import Client

from api.problem import problem_of
from api.v1.connection import Connection
from core.errors import Conflict, DomainError, NotFound


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:perennial:problem:{body['code']}"
    assert body["title"]
    return answer.status_code, body["code"]


def test_an_address_that_is_none(api):
    assert problem(api.get("/api/v1/unknown/")) == (404, "not_found")
    assert problem(api.get("/api/v2/patients/")) == (404, "not_found")


def test_a_method_that_is_not_offered_says_which_are(api):
    answer = api.post("/api/v1/locations/", {}, content_type="application/json")
    assert problem(answer) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD"


def test_what_is_not_json_is_not_offered(api):
    assert problem(api.get("/api/v1/", headers={"Accept": "text/html"})) == (406, "not_acceptable")


def test_a_failure_here_tells_nothing_of_itself(api, monkeypatch):
    def fails(_self, _request):
        raise RuntimeError("Beatrice Lindgren")

    monkeypatch.setattr(Connection, "get", fails)
    api.raise_request_exception = False
    answer = api.get("/api/v1/")
    assert problem(answer) == (500, "failed")
    assert b"Beatrice" not in answer.content


def test_a_host_that_is_nobodys(db):
    answer = Client(SERVER_NAME="nobody.perennial.localhost").get("/api/v1/patients/")
    assert problem(answer) == (404, "not_found")


def test_people_still_get_pages(sign_in):
    assert sign_in("Olivia", at="aurora").get("/nowhere/")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("x_missing", "…"), 404),
        (NotFound("x_missing", "…", field="x"), 422),
        (Conflict("x_taken", "…"), 409),
        (DomainError("x_wrong", "…", field="x"), 422),
    ],
)
def test_what_the_domain_refuses_keeps_its_code(error, status):
    found = problem_of(error)
    assert found.status == status
    assert found.code == ("not_found" if status == 404 else error.code)
