"""Eight threads over four pooled connections, 5,000 mixed operations in eight practices: no read of another's rows."""

import random
import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections, transaction

from core.tenancy.backend import base
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Patient

THREADS, OPERATIONS, PRACTICES = 8, 5_000, 8


class Undo(Exception):
    """Ends a transaction that a test does not want to keep."""


def read_first() -> str:
    return Patient.objects.order_by("id")[0].given_name


def read_in_a_transaction() -> str:
    with transaction.atomic():
        return Patient.objects.values_list("given_name", flat=True)[0]


def read_by_a_server_side_cursor() -> str:
    names = [patient.given_name for patient in Patient.objects.order_by("id").iterator(chunk_size=2)]
    return names[-1]


def read_after_an_error_in_a_savepoint() -> str:
    name = ""
    try:
        with transaction.atomic():
            Patient.objects.count()
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT 1/0")
            except DatabaseError:
                pass
            name = read_first()
            raise Undo
    except Undo:
        return name


def write_and_undo() -> str:
    try:
        with transaction.atomic():
            Patient.objects.create(given_name=connection.tenant.slug, family_name="Short-lived")
            name = Patient.objects.latest("id").given_name
            raise Undo
    except Undo:
        return name


def read_by_raw_sql() -> str:
    return Patient.objects.raw("SELECT * FROM loyalty_patient ORDER BY id LIMIT 1")[0].given_name


WAYS: list[Callable[[], str]] = [
    read_first,
    read_in_a_transaction,
    read_by_a_server_side_cursor,
    read_after_an_error_in_a_savepoint,
    write_and_undo,
    read_by_raw_sql,
]


@pytest.fixture
def places(open_place: Callable[..., PracticeRef]) -> list[PracticeRef]:
    opened = [open_place() for _ in range(PRACTICES)]
    for place in opened:
        with practice_scope(place):
            for number in range(3):
                Patient.objects.create(given_name=place.slug, family_name=f"Patient {number}")
    connections["default"].close()
    return opened


def run(places: list[PracticeRef], operations: int) -> tuple[int, list[str]]:
    """Operations done, and what went wrong."""
    done, wrong, lock = [0], [], threading.Lock()

    def work(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for _ in range(operations // THREADS):
                place, way = dice.choice(places), dice.choice(WAYS)
                with practice_scope(place):
                    name = way()
                with lock:
                    done[0] += 1
                    if name != place.slug:
                        wrong.append(f"{way.__name__} in {place.slug} read {name}")
                if dice.random() < 0.5:
                    connections["default"].close()  # back to the pool
        except Exception as error:  # noqa: BLE001  a thread's error would vanish; the test must see it
            with lock:
                wrong.append(f"{type(error).__name__}: {error}")
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done[0], wrong


def test_five_thousand_operations_read_only_their_own_practice(places):
    assert connections["default"].pool.max_size == 4
    done, wrong = run(places, OPERATIONS)
    assert wrong == []
    assert done == OPERATIONS


def test_the_same_work_goes_wrong_when_the_path_is_not_set_again(places, monkeypatch):
    """The guard taken away: a connection that believes it is still where it was."""
    entered = base.DatabaseWrapper._handle_search_path

    def only_once(self, cursor=None):
        if getattr(self.connection, "_entered", False):
            return
        entered(self, cursor)
        self.connection._entered = True

    with monkeypatch.context() as without:
        without.setattr(base.DatabaseWrapper, "_handle_search_path", only_once)
        _, wrong = run(places, 200)
    connections["default"].close_pool()
    assert wrong


def test_a_connection_that_goes_back_to_the_pool_leaves_its_practice(places):
    with practice_scope(places[0]):
        assert Patient.objects.count() == 3
    connections["default"].close()
    with connections["default"].pool.connection() as raw:
        assert raw.execute("SELECT current_user, current_setting('search_path')").fetchone() == (
            "perennial_app",
            "pg_catalog",
        )


def test_a_connection_that_cannot_leave_is_thrown_away(places, monkeypatch):
    monkeypatch.setattr(base, "LEFT", b"SET ROLE no_such_role")
    with practice_scope(places[0]):
        Patient.objects.count()
        before = connection.connection.info.backend_pid
    connections["default"].close()
    pool = connections["default"].pool
    pool.wait()
    with pool.connection() as raw:
        assert raw.info.backend_pid != before


def test_a_connection_given_back_inside_a_transaction_leaves_its_practice(places):
    """The pool rolls back what is open, and a rollback undoes a SET: so the leaving must come after one."""
    with practice_scope(places[0]):
        Patient.objects.count()
        connection.set_autocommit(False)
        Patient.objects.count()
        backend = connection.connection.info.backend_pid
        connections["default"].close()
    found = {}
    for _ in range(connections["default"].pool.max_size):
        with connections["default"].pool.connection() as raw:
            found[raw.info.backend_pid] = raw.execute("SELECT current_user").fetchone()
    assert found[backend] == ("perennial_app",)


def test_one_thread_that_gives_its_connection_back_does_not_make_the_pool_grow(places):
    """Each further connection would be a backend that reads every practice's catalog anew."""
    connections["default"].close_pool()

    def visit_all() -> int:
        for place in places:
            with practice_scope(place):
                Patient.objects.count()
            connections["default"].close()
        return connections["default"].pool.get_stats()["pool_size"]

    size = visit_all()
    assert [visit_all() for _ in range(20)] == [size] * 20
