"""HIPAA: every read, search, export, write and denied try on patient data is in an append-only audit trail.

Every address of a practice's host is asked as its owner, with a body that its form accepts. Whatever shows a patient
must have named them in the trail; whatever changes a row of the practice must have left an entry. A new address that
takes a form cannot be forgotten: it needs a body here.
"""

from dataclasses import dataclass

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.audit.models import Entry
from core.audit.read import LOOKING
from core.tenancy.scope import practice_scope
from tenants.declare import PUBLIC, SIGNED_IN
from tenants.permissions import Verb
from tests import kiosks
from tests.compliance.bodies import BODIES
from tests.permissions.records import path_of
from tests.permissions.walk import ALL

NAME = "Lindgren"
# Signing in shows and changes nothing of a practice. What is open to everybody proves who asks in its own way, a
# signature or a token. Their entries are tested with them.
ADDRESSES = [
    one
    for one in ALL
    if one.host == "practice" and one.declares not in (PUBLIC, SIGNED_IN) and not one.name.startswith("mfa_")
]
CHANGE = ("INSERT INTO", "UPDATE", "DELETE FROM", "WITH")


@dataclass
class Asked:
    """entries: what the trail got meanwhile. changed: tables of the practice whose rows were changed."""

    status: int
    shows: bool
    changed: set[str]
    entries: list[Entry]

    def names(self, patient_id) -> bool:
        return any(entry.everyone or patient_id in entry.patients for entry in self.entries)


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def olivia(sign_in):
    client = sign_in("Olivia", at="aurora")
    client.raise_request_exception = False
    return client


@pytest.fixture
def ask(olivia, aurora, ids):
    """ask(address, method, body) → what came of it. Undone afterwards. A tablet's addresses are asked as the tablet."""
    tablet = kiosks.client_of(ids["tablet_token"], at="aurora")
    tablet.raise_request_exception = False

    def asked(address, method: str, body=None) -> Asked:
        point = transaction.savepoint()
        with practice_scope(aurora):
            before = list(Entry.objects.values_list("id", flat=True))
        with CaptureQueriesContext(connection) as captured:
            client = tablet if address.declares == Verb.KIOSK_ANSWER else olivia
            answer = getattr(client, method)(path_of(address, ids), body or {})
            page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        with practice_scope(aurora):
            entries = list(Entry.objects.exclude(id__in=before))
        transaction.savepoint_rollback(point)
        return Asked(answer.status_code, NAME.encode() in page, changed_tables(captured.captured_queries), entries)

    return asked


def changed_tables(queries) -> set[str]:
    tables = set()
    for query in queries:
        sql = query["sql"]
        if sql.startswith(CHANGE) and "loyalty_" in sql:
            words = sql.replace('"', " ").replace("(", " ").split()
            tables.add(next(word for word in words if word.startswith("loyalty_")))
    return tables


def test_whoever_is_shown_is_named_in_the_trail(ask, ids):
    wrong = []
    for address in ADDRESSES:
        asked = ask(address, "get")
        if asked.status not in (200, 204, 302, 405):
            wrong.append(f"{address}: answered {asked.status}")
        if asked.shows and not asked.names(ids["patient_id"]):
            wrong.append(f"{address}: shows a patient whom the trail does not name")
        if asked.changed:
            wrong.append(f"{address}: a reading changed {asked.changed}")
    assert wrong == []


def test_every_change_leaves_an_entry(ask, ids, aurora, now):
    """Each address is asked as if it were the only one: what its body needed and what it did are undone."""
    wrong = []
    for address in ADDRESSES:
        point = transaction.savepoint()
        wrong += [f"{address}: {found}" for found in found_after_a_change(ask, ids, aurora, now, address)]
        transaction.savepoint_rollback(point)
    assert wrong == []


def found_after_a_change(ask, ids, aurora, now, address):
    body = BODIES.get(address.name)
    with practice_scope(aurora):
        if body:
            body.before(ids, now)
        form = body.form(ids) if body and callable(body.form) else body.form if body else None
    asked = ask(address, "post", form)
    if asked.status == 405:
        if body is not None:
            yield "it takes no form: remove its body"
        return
    if body is None:
        yield "a new form: say in tests/compliance/bodies.py what it accepts"
    elif body.changes:
        if asked.status not in body.answers:
            yield f"its form refused the body: {asked.status}"
        if not any(e.outcome == "done" and e.verb.rpartition(".")[2] not in LOOKING for e in asked.entries):
            yield "a change without an entry"
        if not asked.changed and address.route.startswith(("patients/", "visits/", "notes/")):
            yield "nothing was changed"


def test_a_change_without_an_entry_is_found(ask, ids, monkeypatch, aurora, now):
    """The guard taken away: an action that forgets the trail is what the test above looks for."""
    monkeypatch.setattr("loyalty.visits.cancel.changed", lambda *_args, **_more: None)
    asked = ask(next(one for one in ADDRESSES if one.name == "visit-cancellation"), "post")
    assert asked.changed == {"loyalty_visit", "loyalty_touchpoint"}
    assert asked.entries == []


def test_a_reading_without_an_entry_is_found(ask, ids, monkeypatch):
    monkeypatch.setattr("loyalty.patients.search.audit.record", lambda *_args, **_more: None)
    asked = ask(next(one for one in ADDRESSES if one.name == "patients"), "get")
    assert asked.shows
    assert not asked.names(ids["patient_id"])
