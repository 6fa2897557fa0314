"""Entering a practice: its path and its role in one round trip, and what that adds to the path alone."""

from collections.abc import Callable
from typing import Any

from django.db import connections
from django_tenants.postgresql_backend.base import DatabaseWrapper
from psycopg.pq import ExecStatus

from core.tenancy.scope import PracticeRef, practice_scope
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MICRO, Readings, interleaved
from tests.bench.table import Budget, Of, Row

ROUNDS = 40


class Entering(Measure):
    name = "entering"

    def rows(self, bench: Bench) -> list[Row]:
        bench.network.grow(bench.wanted)
        practices = bench.network.practices
        one, two, path = _on_the_wire(practices)
        ours, stock = _through_django(practices)
        each = MICRO / len(practices)
        return [
            Row(
                work="enter a practice: path and role",
                unit="µs",
                usual=two.least * each,
                ours=one.least * each,
                budget=Budget(of=Of.RATIO, limit=1.2),
                note=f"usual: two round trips; {len(practices)} practices in turn, the least of {ROUNDS} rounds",
            ),
            Row(
                work="  … more than the path alone",
                unit="µs",
                usual=path.least * each,
                ours=(one.least - path.least) * each,
                note="usual: the path alone, which is no boundary",
            ),
            Row(
                work="  … by practice_scope, with a first statement",
                unit="µs",
                usual=stock.least * each,
                ours=ours.least * each,
                note="usual: set_tenant of stock django-tenants, which sets no role",
            ),
        ]


def _on_the_wire(practices: list[PracticeRef]) -> list[Readings]:
    """One round trip, two, and the path alone: the very bytes, without Django around them."""
    connection = connections["default"]
    connection.ensure_connection()
    send = connection.connection.pgconn.exec_

    def sent(*statements: str) -> None:
        for statement in statements:
            if send(statement.encode()).status != ExecStatus.COMMAND_OK:
                raise RuntimeError(f"refused: {statement}")

    def each(enter: Callable[[str, str], None]) -> Callable[[], None]:
        def run() -> None:
            for practice in practices:
                name = practice.schema_name
                enter(f'SET search_path = "{name}", public', f'SET ROLE "{name}"')

        return run

    try:
        return interleaved(
            [each(lambda path, role: sent(f"{path}; {role}")), each(sent), each(lambda path, _role: sent(path))],
            rounds=ROUNDS,
        )
    finally:
        connection.close()


def _through_django(practices: list[PracticeRef]) -> list[Readings]:
    ours = connections["default"]
    stock = _stock()

    def enter_ours() -> None:
        for practice in practices:
            with practice_scope(practice), ours.cursor() as cursor:
                cursor.execute("SELECT 1")

    def enter_stock() -> None:
        for practice in practices:
            stock.set_tenant(practice)
            with stock.cursor() as cursor:
                cursor.execute("SELECT 1")

    try:
        return interleaved([enter_ours, enter_stock], rounds=ROUNDS)
    finally:
        stock.close()
        del connections["stock"]
        ours.close()


def _stock() -> Any:
    """The same login by django-tenants' own backend."""
    settings = connections["default"].settings_dict
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    # Django looks a new connection up by its name.
    connections["stock"] = DatabaseWrapper(
        {**settings, "ENGINE": "django_tenants.postgresql_backend", "OPTIONS": options}, "stock"
    )
    return connections["stock"]
