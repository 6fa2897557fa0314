"""(method, address, role) → status, for every address there is; and that a refusal changes nothing."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.view import PARTNER
from core.tenancy.scope import practice_scope
from loyalty.kiosk.revoke import revoke
from tenants.declare import declared
from tenants.models import Membership
from tests import kiosks
from tests.permissions.records import path_of
from tests.permissions.roles import KIOSK, PUBLIC, SIGNED_IN
from tests.permissions.table import MAY_OPEN
from tests.permissions.walk import ALL, FOR_PROGRAMS, Address

REFUSED, NO_LONGER_ENROLLED = 404, 410
ROLES = {"owner": "Olivia", "manager": "Martin", "provider": "Priya", "front_desk": "Frank"}
NETWORK_ROLES = {"network_admin": "Nora", "network_analyst": "Ana"}
METHODS = ["get", "post"]
# What somebody gets who may: a page, a redirect, a form with errors, a method that is not offered, a conflict.
ANSWERED = {200, 204, 302, 303, 400, 405, 409, 422}
# Without a valid ticket, and for people who are no members, these answer 404 to those who may use them, too.
ONLY_WITH_A_TICKET = {
    "account_enter", "account_go", "account_invitation", "message-inbound", "message-status", "stop", "feedback-link",
    "reports-stop", "review-invitation", "review-invitation-site",
}  # fmt: skip
# These name something of the asker's own, and what the table asks for is nobody's.
ONLY_ONES_OWN = {"account_session_end", "account_passkey_removal"}
MAY_BE_MISSING = ONLY_WITH_A_TICKET | ONLY_ONES_OWN


class Answer(NamedTuple):
    """leads_to: where it redirects. changes: statements that changed rows, sessions and trail apart.

    denied: how often the trail says that somebody was refused.
    """

    status: int
    leads_to: str
    changes: list[str]
    denied: int


def ask(client: Client, address: Address, method: str, ids) -> Answer:
    """Ask, and undo whatever it did."""
    client.raise_request_exception = False
    cookies = SimpleCookie(client.cookies)
    point = transaction.savepoint()
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(client, method)(path_of(address, ids))
        if answer.streaming:
            # Read to its end, it is closed.
            b"".join(answer.streaming_content)
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    changes = [
        query["sql"]
        for query in asked.captured_queries
        if query["sql"].split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")
        and "tenants_session" not in query["sql"]
        # Using up a ticket is one conditional UPDATE; without a ticket it meets no row.
        and "tenants_handover" not in query["sql"]
        and not is_trail(query["sql"])
    ]
    denied = sum(is_trail(query["sql"]) and "'denied'" in query["sql"] for query in asked.captured_queries)
    return Answer(answer.status_code, answer.headers.get("Location", ""), changes, denied)


def is_trail(sql: str) -> bool:
    return sql.startswith(("INSERT INTO audit_entry", "INSERT INTO public.core_networkentry"))


def is_refused(answer: Answer) -> bool:
    """Nothing is found, nothing was changed, and the trail says so once."""
    return (answer.status, answer.changes, answer.denied) == (REFUSED, [], 1)


def wrong_answers(client: Client, host: str, ids, right: Callable[[Address, Answer], bool]) -> list[str]:
    """Each address of `host`, by each method, that `right` does not accept the answer of."""
    wrong = []
    for address in (a for a in ALL if a.host == host):
        for method in METHODS:
            answer = ask(client, address, method, ids)
            if not right(address, answer):
                wrong.append(f"{method} {address}: {answer}")
    return wrong


def test_the_table_names_every_address_and_no_other():
    for host, rows in MAY_OPEN.items():
        assert {address.name for address in ALL if address.host == host} == rows.keys()


@pytest.mark.parametrize("address", ALL, ids=str)
def test_every_address_declares_a_permission(address):
    assert address.declares is not None


def test_programs_have_addresses_of_their_own_and_no_others():
    """What a token opens stands under /api/v1/ or /api/fhir/r4/ of a practice; the network's host gives tokens.

    Without a token there is the document of the API, which holds nothing of a practice.
    """
    public = {(one.host, one.name) for one in FOR_PROGRAMS if one.declares == PUBLIC}
    assert public == {
        ("practice", "openapi"),
        ("practice", "api-docs"),
        ("practice", "api-quick-start"),
        ("practice", "api-reference"),
        ("practice", "api-reference-file"),
        ("practice", "fhir-metadata"),
        ("network", "token"),
    }
    assert {one.declares for one in FOR_PROGRAMS} == {PARTNER, PUBLIC}
    assert all(one.route.startswith(("api/v1/", "api/fhir/r4/")) for one in FOR_PROGRAMS if one.host == "practice")
    assert not [one for one in ALL if one.declares == PARTNER]


def test_an_address_without_a_declaration_is_found():
    """The guard taken away: what the test above looks for is None on a bare view."""
    assert declared(lambda _request: None) is None


@pytest.mark.parametrize("role", ROLES)
def test_a_practices_people_open_what_the_table_says(sign_in, ids, role):
    def right(address, answer):
        allowed = MAY_OPEN["practice"][address.name]
        if allowed in (PUBLIC, SIGNED_IN) or role in allowed:
            return answer.status in ANSWERED or address.name in MAY_BE_MISSING
        return is_refused(answer)

    assert wrong_answers(sign_in(ROLES[role], at="aurora"), "practice", ids, right) == []


@pytest.mark.parametrize("role", [*NETWORK_ROLES, "owner"])
def test_network_people_open_what_the_table_says(two_ready, sign_in, ids, role):
    def right(address, answer):
        allowed = MAY_OPEN["network"][address.name]
        if allowed in (PUBLIC, SIGNED_IN) or role in allowed:
            return answer.status in ANSWERED or address.name in MAY_BE_MISSING
        return is_refused(answer)

    client = sign_in({**NETWORK_ROLES, **ROLES}[role], at="")
    assert wrong_answers(client, "network", ids, right) == []


STRANGERS = {"Bella": "borealis", "Nora": "", "Ana": "", "Olivia": ""}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_session_of_another_place_finds_nothing_and_changes_nothing(sign_in, ids, stranger):
    """Another practice's owner, the network's people, and Aurora's own owner with a cookie made elsewhere."""

    def right(address, answer):
        return is_refused(answer) or (answer.changes == [] and MAY_OPEN["practice"][address.name] == PUBLIC)

    client = sign_in(stranger, at=STRANGERS[stranger])
    client.defaults["SERVER_NAME"] = "aurora.perennial.localhost"
    assert wrong_answers(client, "practice", ids, right) == []


def test_somebody_without_a_membership_finds_nothing(sign_in, ids):
    def right(address, answer):
        allowed = MAY_OPEN["practice"][address.name]
        return allowed in (PUBLIC, SIGNED_IN) or is_refused(answer)

    client = sign_in("Sam", at="aurora")
    assert wrong_answers(client, "practice", ids, right) == []


def test_somebody_who_left_is_led_to_the_sign_in_and_changes_nothing(sign_in, person, ids, now):
    """Each address gets the first request of somebody who left: it ends the session."""

    def right(address, answer):
        is_open = MAY_OPEN["practice"][address.name] == PUBLIC
        to_sign_in = (answer.status, answer.leads_to) == (302, "/account/login/?left=1")
        return answer.changes == [] and (is_open or to_sign_in)

    client = sign_in("Frank", at="aurora")
    Membership.objects.filter(person=person("Frank")).update(ended_at=now)
    assert wrong_answers(client, "practice", ids, right) == []


def test_a_tablet_opens_its_own_addresses_and_is_nobody_at_all_others(ids):
    """Its cookie is no session: on a page for people it is led to the sign-in, and changes nothing."""

    def right(address, answer):
        allowed = MAY_OPEN["practice"][address.name]
        if allowed == KIOSK:
            return answer.status in ANSWERED
        to_sign_in = answer.status == 302 and answer.leads_to.startswith("/account/login/")
        return answer.changes == [] and (allowed == PUBLIC or to_sign_in)

    client = kiosks.client_of(ids["tablet_token"], at="aurora")
    assert wrong_answers(client, "practice", ids, right) == []


def test_a_tablets_cookie_is_good_at_its_own_practice_alone(ids, borealis):
    def right(address, answer):
        allowed = MAY_OPEN["practice"][address.name]
        return answer.changes == [] and (allowed != KIOSK or answer.status == NO_LONGER_ENROLLED)

    client = kiosks.client_of(ids["tablet_token"], at="borealis")
    assert wrong_answers(client, "practice", ids, right) == []


def test_a_tablet_that_was_revoked_finds_nothing_and_changes_nothing(ids, aurora, now):
    def right(address, answer):
        allowed = MAY_OPEN["practice"][address.name]
        return answer.changes == [] and (allowed != KIOSK or answer.status == NO_LONGER_ENROLLED)

    with practice_scope(aurora):
        revoke(kiosk_id=ids["kiosk_id"], now=now)
    client = kiosks.client_of(ids["tablet_token"], at="aurora")
    assert wrong_answers(client, "practice", ids, right) == []


@pytest.mark.parametrize("host", ["practice", "network"])
def test_without_signing_in_every_page_leads_to_the_sign_in(stranger_client, ids, host):
    def right(address, answer):
        is_open = MAY_OPEN[host][address.name] == PUBLIC
        to_sign_in = answer.status == 302 and answer.leads_to.startswith("/account/login/")
        return answer.changes == [] and (is_open or to_sign_in)

    client = stranger_client("aurora" if host == "practice" else "")
    assert wrong_answers(client, host, ids, right) == []


def test_the_network_host_does_not_know_the_addresses_of_a_practice(sign_in, ids):
    client = sign_in("Ana", at="")
    for path in ("/patients/", f"/patients/{ids['patient_id']}/", "/notes/", f"/visits/{ids['visit_id']}/"):
        assert client.get(path).status_code == REFUSED


def test_another_practices_record_is_not_found(sign_in, ids):
    client = sign_in("Bella", at="borealis")
    for path in (f"/patients/{ids['patient_id']}/", f"/visits/{ids['visit_id']}/"):
        assert client.get(path).status_code == REFUSED
