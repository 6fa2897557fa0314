"""The queue or the database goes away while somebody works: they are told the truth, and nothing is lost."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from core.outbox.models import Event
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Patient
from tests.faults import agreeing
from tests.faults.desk import Answer, Desk
from tests.faults.running import Valkey, Web, Worker, wait_until
from tests.faults.wire import Wire

pytestmark = pytest.mark.slow


def enrol(desk: Desk) -> Answer:
    return desk.ask("POST", "/patients/new/", {"given_name": "Nell", "family_name": "Norton"})


def patients(place: PracticeRef) -> int:
    with practice_scope(place):
        return Patient.objects.count()


def undelivered(place: PracticeRef) -> int:
    with practice_scope(place):
        return Event.objects.filter(delivered_at=None).count()


def test_without_the_queue_work_goes_on_and_is_told_of_when_it_is_back(
    desk: Desk, place: PracticeRef, valkey: Valkey, web: Web, worker: Worker
) -> None:
    valkey.kill()
    assert enrol(desk).status == 303
    assert (patients(place), undelivered(place)) == (1, 1)
    assert not web.is_healthy
    valkey.start()
    worker.start()
    wait_until(lambda: undelivered(place) == 0, what="the event is delivered")
    assert len(agreeing.heard(worker.heard_in)) == 1
    assert web.is_healthy


def test_a_queue_that_hangs_does_not_hold_up_the_work_for_long(desk: Desk, place: PracticeRef, valkey: Valkey) -> None:
    assert enrol(desk).status == 303
    with valkey.hanging():
        assert enrol(desk).status == 303
    assert (patients(place), undelivered(place)) == (2, 2)


@pytest.fixture
def wire() -> Iterator[Wire]:
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    one = Wire((str(parts["host"]), int(parts["port"] or 5432)))
    one.mend()
    yield one
    one.cut()


@pytest.fixture
def environment(environment: dict[str, str], wire: Wire) -> dict[str, str]:
    return {**environment, "DATABASE_URL": make_conninfo(environment["DATABASE_URL"], port=wire.port)}


def test_without_the_database_the_page_says_so_and_nothing_is_half_done(
    desk: Desk, place: PracticeRef, web: Web, wire: Wire, folder: Path
) -> None:
    wire.cut()
    answer = enrol(desk)
    assert answer.status == 500
    assert "may not be saved" in answer.text
    assert "psycopg" not in answer.text
    assert not web.is_healthy
    assert patients(place) == 0
    wire.mend()
    wait_until(lambda: web.is_healthy, what="the web server finds its database again")
    assert enrol(desk).status == 303
    with practice_scope(place):
        assert agreeing.rows() == agreeing.entries() == agreeing.events()
    assert patients(place) == 1
    assert "Norton" not in web.said
