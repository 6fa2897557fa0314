"""Every address of the API × every kind of token: the right one reads, and all others learn and change nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.v1.urls import urlpatterns
from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from tenants.actions.grant_partner import change_grant, end_grant
from tenants.actions.suspend_partner import suspend_partner
from tenants.models import PartnerApplication, PartnerToken, Practice
from tenants.partners.scopes import Scope, needed
from tenants.principal import at_practice
from tests.api import resources
from tests.partners import client_of, registered

# Any token may say where it is told, of what it may read: the body asks for changes of locations.
ASKS_TO_BE_TOLD = {("webhook-endpoints", "post"): Scope.PRACTICE_READ}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


@pytest.fixture(autouse=True)
def _at_nine(now):
    """Bookings of a test lie ahead of it, whenever it runs."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def paths(aurora, patient, now):
    """Each address with a real record behind it."""
    return resources.paths(aurora, patient, now=now) | resources.fhir_paths()


def scope_of(pattern, method="get"):
    return pattern.callback.cls.scope_for.get("get" if method == "head" else method)


def is_offered(pattern, method):
    shown = "get" if method == "head" else method
    return shown in pattern.callback.cls.scope_for and shown in pattern.callback.cls.http_method_names


def wrong(client, paths, right):
    """Each address and method whose answer `right` does not accept, or that changed anything but the trail.

    Every write is sent as the right token would send it, and undone.
    """
    found = []
    for pattern, path in paths.items():
        for method in METHODS:
            point = transaction.savepoint()
            with CaptureQueriesContext(connection) as asked:
                answer = resources.ask(client, pattern, method, path)
            transaction.savepoint_rollback(point)
            wrote = [
                query["sql"]
                for query in asked.captured_queries
                if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and "audit_entry" not in query["sql"]
            ]
            may_write = answer.status_code < 300 and method not in ("get", "head")
            is_problem = answer.status_code < 300 or answer["Content-Type"] == problem_type(path)
            if (wrote and not may_write) or not is_problem or not right(pattern, method, answer):
                found.append((method, path, answer.status_code, wrote, answer.content[:300]))
    return found


def problem_type(path):
    return "application/fhir+json" if "/fhir/" in path else "application/problem+json"


def code_of(answer):
    body = answer.json()
    return body["issue"][0]["details"]["coding"][0]["code"] if "issue" in body else body["code"]


def is_unknown(_pattern, _method, answer):
    """Nobody asks: whatever the address is. Says how to ask."""
    code = answer.headers["Content-Type"] and (code_of(answer) if answer.content else "invalid_token")
    return (answer.status_code, code) == (401, "invalid_token") and answer["WWW-Authenticate"].startswith("Bearer")


def test_the_right_token_reads_and_writes_what_is_offered_and_nothing_else(api, paths):
    def right(pattern, method, answer):
        return answer.status_code in ((200, 201, 204) if is_offered(pattern, method) else (405,))

    assert wrong(api, paths, right) == []


def test_every_address_has_a_body_for_each_write_and_no_other():
    writes = {(one.name, method) for one in urlpatterns for method in METHODS[2:] if is_offered(one, method)}
    assert resources.BODIES.keys() == writes


def test_without_a_token_nothing_is_there(aurora, paths):
    assert wrong(client_of(None, at=aurora), paths, is_unknown) == []


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "Basic eDp5", "Bearer " + "x" * 5000])
def test_what_is_no_token_opens_nothing(aurora, paths, header):
    client = client_of(None, at=aurora)
    client.defaults["HTTP_AUTHORIZATION"] = header
    assert wrong(client, paths, is_unknown) == []


def test_a_token_in_the_address_is_not_looked_at(token, aurora, paths):
    in_query = {pattern: f"{path}?access_token={token}" for pattern, path in paths.items()}
    assert wrong(client_of(None, at=aurora), in_query, is_unknown) == []


def test_a_token_of_another_practice_opens_nothing_here(program, grant, aurora, borealis, paths):
    program.let_in(borealis, by="Bella")
    foreign = program.token(borealis)
    assert wrong(client_of(foreign, at=aurora), paths, is_unknown) == []
    assert client_of(foreign, at=borealis).get("/api/v1/").status_code == 200


@pytest.mark.parametrize("held", [("practice:read",), ("patients:read",), ("visits:read", "visits:write")])
def test_a_token_with_other_scopes_opens_only_what_they_say(program, grant, aurora, paths, held):
    client = client_of(program.token(aurora, held), at=aurora)

    def right(pattern, method, answer):
        if not is_offered(pattern, method):
            return answer.status_code == 405
        scope = scope_of(pattern, method) or ASKS_TO_BE_TOLD.get((pattern.name, method))
        opens = scope is None or set(needed(scope)) <= set(held)
        return answer.status_code in ((200, 201, 204) if opens else (403,))

    assert wrong(client, paths, right) == []


def test_what_a_token_may_not_is_said_and_written_down(program, grant, aurora):
    client = client_of(program.token(aurora, ["practice:read"]), at=aurora)
    answer = client.get("/api/v1/patients/")
    assert answer.json()["code"] == "insufficient_scope"
    assert 'scope="patients:read"' in answer["WWW-Authenticate"]
    with practice_scope(aurora):
        denied = Entry.objects.filter(outcome="denied", asker_id=program.application.id)
        assert denied.latest("at").detail == {"scope": "patients:read"}


def test_a_token_of_a_grant_that_was_ended_opens_nothing(grant, token, aurora, person, paths):
    owner = at_practice(person=person("Olivia"), practice=aurora)
    end_grant(practice=aurora, grant_id=grant.id, by=owner, now=timezone.now())
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


def test_a_grant_ended_without_its_tokens_opens_nothing_either(grant, token, aurora, paths):
    """The tokens are removed with it; were one left, it would still open nothing."""
    grant.ended_at = timezone.now()
    grant.save()
    assert PartnerToken.objects.exists()
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


def test_a_suspended_programs_token_opens_nothing(program, token, aurora, paths):
    suspend_partner(application_id=program.application.id, now=timezone.now())
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


def test_a_program_suspended_without_its_tokens_opens_nothing_either(token, aurora, paths):
    PartnerApplication.objects.update(suspended_at=timezone.now())
    assert PartnerToken.objects.exists()
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


def test_a_token_ends_by_itself(token, aurora, paths):
    past = timezone.now() - timedelta(seconds=1)
    PartnerToken.objects.update(issued_at=past - timedelta(minutes=15), expires_at=past)
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


@pytest.mark.parametrize(
    "state", [{"status": "suspended"}, {"business_associate_agreed_at": None, "aggregation_agreed_at": None}]
)
def test_at_a_practice_that_may_hold_no_patients_a_token_opens_nothing(token, aurora, paths, state):
    Practice.objects.filter(id=aurora.id).update(**state)
    assert wrong(client_of(token, at=aurora), paths, is_unknown) == []


def test_what_the_owner_narrows_ends_at_once(grant, token, aurora, person):
    owner = at_practice(person=person("Olivia"), practice=aurora)
    change_grant(practice=aurora, grant_id=grant.id, scopes=["practice:read"], by=owner)
    client = client_of(token, at=aurora)
    assert client.get("/api/v1/patients/").status_code == 403
    assert client.get("/api/v1/").json()["scopes"] == ["practice:read"]


def test_what_the_network_takes_from_a_program_ends_at_once(token, aurora):
    PartnerApplication.objects.update(scopes=["practice:read"])
    assert client_of(token, at=aurora).get("/api/v1/patients/").status_code == 403


def test_what_the_owner_adds_does_not_widen_a_token_that_is_out(program, aurora, person):
    grant = program.let_in(aurora, ["practice:read"])
    client = client_of(program.token(aurora, ["practice:read"]), at=aurora)
    owner = at_practice(person=person("Olivia"), practice=aurora)
    change_grant(practice=aurora, grant_id=grant.id, scopes=["practice:read", "patients:read"], by=owner)
    assert client.get("/api/v1/patients/").status_code == 403


def test_a_person_who_is_signed_in_is_nobody_at_the_api(sign_in, paths):
    assert wrong(sign_in("Olivia", at="aurora"), paths, is_unknown) == []


def test_a_token_is_nobody_on_a_page_for_people(api):
    assert api.get("/patients/").status_code == 302
    assert api.get("/patients/")["Location"].startswith("/account/login/")


def test_the_api_is_not_at_the_networks_host(token, settings):
    client = Client(SERVER_NAME=settings.NETWORK_HOST, headers={"authorization": f"Bearer {token}"})
    answer = client.get("/api/v1/patients/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_one_programs_token_is_not_anothers(program, grant, token, aurora):
    other = registered("Tide Booking")
    other.let_in(aurora, ["practice:read"])
    assert client_of(other.token(aurora, ["practice:read"]), at=aurora).get("/api/v1/patients/").status_code == 403
    assert client_of(token, at=aurora).get("/api/v1/patients/").status_code == 200
