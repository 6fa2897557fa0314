"""A page of fifty patients for a program: the CPU that the web process spends on it, beside the usual way's."""

from typing import Any

import orjson
from django.conf import settings
from django.db import connection

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.exchange.patients import PATIENTS, POINT
from tenants import hosts
from tests.bench.copying import settle
from tests.bench.measure import Bench, Measure
from tests.bench.people import bring_people
from tests.bench.readings import MICRO, Readings
from tests.bench.table import Budget, Of, Row
from tests.bench.upserting import token_at
from tests.bench.visitor import Visitor

PEOPLE, PAGE = 2_000, 50
ROUNDS, EACH, WARM_UP = 12, 10, 20
_COLUMNS = ", ".join(PATIENTS.columns)
_RAW = f"SELECT {_COLUMNS} FROM loyalty_patient ORDER BY written_in, id LIMIT {PAGE}"
_RAW_POINTS = (
    f"SELECT patient_id, {', '.join(POINT)} FROM loyalty_contactpoint WHERE patient_id = ANY(%s) ORDER BY rank"
)


class NotTheSameRows(Exception):
    """The two lists differ, so their times say nothing."""


class Listing(Measure):
    name = "listing"

    def rows(self, bench: Bench) -> list[Row]:
        practice = bench.network.open_apart("listing")
        bring_people(practice, patients=PEOPLE, now=bench.network.now)
        settle(practice.schema_name)
        bench.usual.make()
        schema = bench.usual.made[-1]
        usual_token = bench.usual.ask("take_over", schema=schema, ours=practice.schema_name)
        # Every minute has room for as many as are asked here.
        settings.API_REQUESTS_A_MINUTE = 1_000_000
        visitor = Visitor(host=hosts.host_of(practice.slug), token=token_at(practice, name="Bench Lists"))
        page = f"size={PAGE}"
        check_same_rows(visitor, bench, schema, usual_token)
        ours, raw, usual = Readings(), Readings(), []
        for _ in range(WARM_UP):
            visitor.get("/api/v1/patients/", page)
        bench.usual.ask("list_patients", schema=schema, token=usual_token, rounds=WARM_UP)
        # In turns, so that whatever else the machine does weighs on all alike.
        for _ in range(ROUNDS):
            for _ in range(EACH):
                ours.take(lambda: visitor.get("/api/v1/patients/", page))
            for _ in range(EACH):
                raw.take(lambda: in_raw_psycopg(practice))
            usual += bench.usual.ask("list_patients", schema=schema, token=usual_token, rounds=EACH)
        least, bare = min(ours.cpu) * MICRO, min(raw.cpu) * MICRO
        return [
            Row(
                work=f"list of {PAGE} patients for a program",
                unit="µs of CPU",
                usual=min(usual) * MICRO,
                ours=least,
                budget=Budget(of=Of.RATIO, limit=5),
                note="authenticated, audited, with numbers and ids; usual: Django REST framework as documented, with"
                f" prefetch, on django-tenants; each the least of {ROUNDS * EACH}; half of ours within"
                f" {ours.cpu_median * MICRO:,.0f}",
            ),
            Row(
                work="  … beside the same rows by raw psycopg and orjson",
                unit="µs of CPU",
                usual=bare,
                ours=least,
                budget=Budget(of=Of.RATIO, limit=1 / 7),
                note="usual: two statements in the practice's schema, nobody asked who it is, nothing written down",
            ),
        ]


def check_same_rows(visitor: Visitor, bench: Bench, schema: str, token: str) -> None:
    """Raises NotTheSameRows where a value of any patient differs."""
    ours = {row["id"]: row for row in orjson.loads(visitor.get("/api/v1/patients/", f"size={PAGE}"))["data"]}
    usual: list[dict[str, Any]] = bench.usual.ask("listed", schema=schema, token=token)["results"]
    for row in usual:
        if (mine := ours.get(row["id"])) is None or _told(mine) != _told(row):
            raise NotTheSameRows(f"{mine} is not {row}")
    if len(usual) != PAGE or len(ours) != PAGE:
        raise NotTheSameRows(f"{len(ours)} and {len(usual)} rows")


def in_raw_psycopg(practice: PracticeRef) -> bytes:
    with practice_scope(practice), connection.cursor() as cursor:
        cursor.execute(_RAW)
        names = [column.name for column in cursor.description]
        people = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        by_id = {person["id"]: person for person in people}
        for person in people:
            person["contact_points"], person["external_ids"] = [], []
        cursor.execute(_RAW_POINTS, [list(by_id)])
        for patient_id, *point in cursor.fetchall():
            by_id[patient_id]["contact_points"].append(dict(zip(POINT, point, strict=True)))
    return orjson.dumps(people)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Points in one order; times to the microsecond are written alike by both."""
    points = sorted(row["contact_points"], key=lambda point: (point["rank"], point["kind"]))
    return {**row, "contact_points": points}
