"""Finding one of 50,000 patients by what somebody typed: the time inside the database."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import OPEN_STATUSES, ContactPoint, Patient
from loyalty.patients.search import search
from tests.bench.copying import settle
from tests.bench.filtering import filtering
from tests.bench.history import bring_history, bring_house
from tests.bench.measure import Bench, Measure
from tests.bench.people import bring_people
from tests.bench.readings import Readings
from tests.bench.table import Budget, Of, Row

PATIENTS, LIMIT = 50_000, 20
TODAY = date(2026, 11, 23)
# Of whom there is history, so that last and next visits are found among many.
VISITED = 5_000
LOOKED_FOR, TIMES = 8, 3
# The usual way takes so long that each fourth text must do.
USUAL_EVERY = 4


class NotFoundBoth(Exception):
    """What the usual way finds, ours does not."""


class Searching(Measure):
    name = "searching"

    def rows(self, bench: Bench) -> list[Row]:
        practice = bench.network.open_apart("search")
        house = bring_house(practice)
        people = bring_people(practice, patients=PATIENTS, now=bench.network.now)
        bring_history(practice, house=house, patients=people[:VISITED], now=bench.network.now, years=1)
        settle(practice.schema_name)
        texts = list(_texts(practice, people))
        with practice_scope(practice):
            some = texts[::USUAL_EVERY]
            for text in some:
                check_found(text)
            ours, usual = _least(ours_in_database, texts, TIMES), _least(usual_in_database, some, 1)
            narrowed = list(filtering(practice, house, people, today=TODAY, limit=LIMIT, took=_in_database))
        return [
            Row(
                work=f"search among {PATIENTS:,} patients, p95 in the database",
                unit="ms",
                usual=usual.at(0.95),
                usual_least=usual.least,
                ours=ours.at(0.95),
                ours_least=ours.least,
                budget=Budget(of=Of.OURS, limit=15),
                note=f"{len(texts)} texts: names, parts, slips, phones, emails, numbers; each the least of {TIMES}; "
                f"usual: icontains, {len(some)} of them, once",
            ),
            Row(work="  … p50", unit="ms", usual=usual.median, ours=ours.median),
            *narrowed,
        ]


def _least(way: Callable[[str], float], texts: list[str], times: int) -> Readings:
    """Milliseconds of each text, the least of so many times."""
    rounds = [[way(text) for text in texts] for _ in range(times)]
    return Readings(wall=[min(times) for times in zip(*rounds, strict=True)])


def ours_in_database(text: str) -> float:
    return _in_database(lambda: search(text=text, today=TODAY, limit=LIMIT))


def usual_in_database(text: str) -> float:
    return _in_database(lambda: find(text))


def find(text: str) -> list[Patient]:
    """What one writes first: each word anywhere in any column, and what the page shows beside each hit."""
    found = Patient.objects.filter(merged_into__isnull=True)
    for word in text.split():
        found = found.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(preferred_name__icontains=word)
            | Q(record_number__icontains=word)
            | Q(contact_points__search__icontains=word)
        )
    page = found.distinct().order_by("family_name", "given_name", "id")[: LIMIT + 1]
    hits = Patient.objects.filter(id__in=[patient.id for patient in page]).annotate(
        last_day=Max("visits__day", filter=Q(visits__status="completed")),
        next_day=Min("visits__day", filter=Q(visits__status__in=OPEN_STATUSES)),
    )
    return list(hits.order_by("family_name", "given_name", "id").prefetch_related("contact_points"))


def check_found(text: str) -> None:
    """Where the usual way has an answer that fits a page, ours holds all of it. Raises NotFoundBoth."""
    usual = {patient.id for patient in find(text)}
    missing = (
        usual - {hit.id for hit in search(text=text, today=TODAY, limit=LIMIT).hits}
        if len(usual) <= LIMIT
        else set[UUID]()
    )
    if missing:
        raise NotFoundBoth(f"{text!r}: {len(missing)} of {len(usual)} patients were not found")


def _in_database(work: Callable[[], object]) -> float:
    """Milliseconds of planning and running every query of `work`, by the database's own clock."""
    total = 0.0

    def explained(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal total
        result = execute(sql, params, many, context)
        if sql.lstrip().startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY, FORMAT JSON) {sql}", params)
                (plans,) = cursor.fetchone()
            plan = (json.loads(plans) if isinstance(plans, str) else plans)[0]
            total += plan["Planning Time"] + plan["Execution Time"]
        return result

    with connection.execute_wrapper(explained):
        work()
    return total


def _texts(practice: PracticeRef, people: list[UUID]) -> Iterator[str]:
    """What people type who look for LOOKED_FOR patients, spread over the practice."""
    with practice_scope(practice):
        for patient in Patient.objects.filter(id__in=people[:: PATIENTS // LOOKED_FOR]).order_by("id"):
            points = ContactPoint.objects.filter(patient=patient).order_by("-kind")
            yield from (patient.family_name, patient.given_name[:3], patient.family_name[:4])
            yield f"{patient.given_name} {patient.family_name}"
            yield f"{patient.given_name[:3]} {patient.family_name}"
            yield patient.family_name[0] + patient.family_name[2] + patient.family_name[1] + patient.family_name[3:]
            yield patient.record_number
            for point in points:
                yield from (point.search, point.search[-4:]) if point.kind == "phone" else (point.search,)
