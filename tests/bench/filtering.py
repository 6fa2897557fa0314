"""Filters of the list of patients, alone and with a text, and pairs that may be one person: among 50,000."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.tenancy.scope import PracticeRef
from loyalty.models import Patient, Visit
from loyalty.patients.filter import ANSWERS, CONSENTS, PatientFilter
from loyalty.patients.merging.duplicates import duplicates
from loyalty.patients.search import search
from loyalty.patients.tag_many import tag_many
from tests.bench.copying import copy, keys, settle
from tests.bench.history import House, local
from tests.bench.readings import Readings
from tests.bench.table import Budget, Of, Row

TAG, TAGGED_EVERY = "Gold", 40
BOOKED_EVERY = 40
WITH_TEXT = ("bel", "Ada")

InDatabase = Callable[[Callable[[], object]], float]
"""Milliseconds that the queries of some work take in the database."""


def filtering(
    practice: PracticeRef, house: House, people: list[UUID], *, today: date, limit: int, took: InDatabase
) -> Iterator[Row]:
    """Inside the practice: a row for all filters together, one for the slowest, one for the pairs."""
    tag_many(tag=TAG, add=True, whom=people[::TAGGED_EVERY], by_person_id=None, now=timezone.now())
    Patient.objects.filter(id__in=people[::97]).update(no_contact=True)
    copy(practice.schema_name, Visit, _booked(house, people[::BOOKED_EVERY], today), now=timezone.now())
    settle(practice.schema_name)

    times: dict[str, float] = {}
    for name, asked in _filters(house, today).items():
        for text in ("", *WITH_TEXT):
            times[f"{name} {text}".strip()] = min(
                took(lambda text=text, asked=asked: search(text=text, today=today, asked=asked, limit=limit))  # type: ignore[misc]
                for _ in range(3)
            )
    readings = Readings(wall=list(times.values()))
    slowest = max(times, key=lambda name: times[name])
    yield Row(
        work="  … narrowed by filters, p95 in the database",
        unit="ms",
        ours=readings.at(0.95),
        ours_least=readings.least,
        budget=Budget(of=Of.OURS, limit=15),
        note=f"{len(times)} filters, alone and with a text; slowest: {slowest}, {times[slowest]:.1f} ms",
    )
    pairs = Readings(wall=[took(duplicates) for _ in range(3)])
    yield Row(work="  … pairs that may be one person", unit="ms", ours=pairs.median, ours_least=pairs.least)


def _booked(house: House, people: list[UUID], today: date) -> Iterator[dict[str, Any]]:
    """A visit ahead for each, on one of the next 30 days."""
    random = Random(3)
    first = local(today, 9)
    key = keys(random, first=first)
    for patient in people:
        start = first + timedelta(days=random.randint(1, 30), minutes=30 * random.randint(0, 14))
        yield {
            "id": key(),
            "patient_id": patient,
            "location_id": house.location,
            "staff_id": random.choice(house.staff),
            "service_id": random.choice(house.services),
            "status": "booked",
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "day": start.date(),
            "booked_at": first - timedelta(days=6),
        }


def _filters(house: House, today: date) -> dict[str, PatientFilter]:
    quarter = today - timedelta(days=90)
    return {
        "tag": PatientFilter(tag=TAG),
        "visited since": PatientFilter(visited_since=quarter),
        "visited until": PatientFilter(visited_until=quarter),
        "away since": PatientFilter(away_since=quarter),
        "upcoming": PatientFilter(upcoming=True),
        "nothing upcoming": PatientFilter(upcoming=False),
        "staff": PatientFilter(staff=house.staff[0]),
        "service": PatientFilter(service=house.services[0]),
        "location": PatientFilter(location=house.location),
        "new this year": PatientFilter(new_this_year=True),
        "birth month": PatientFilter(birth_month=5),
        **{f"no consent to {one}": PatientFilter(no_consent=one) for one in CONSENTS},
        **{f"{one}s": PatientFilter(answer=one) for one in ANSWERS},
        "no contact": PatientFilter(no_contact=True),
        "minors": PatientFilter(minors=True),
        "two at once": PatientFilter(tag=TAG, away_since=quarter, sort="last_visit"),
        "by last visit": PatientFilter(sort="last_visit"),
    }
