"""Patients with a rhythm of their own, seen on the day `now`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

import pytest

from loyalty.models import Drift, Location, Patient, Service, Visit
from loyalty.visits.local_time import day_of, zone_of

# came("Ana", 300, 200, 100): visits so many days ago.
Came = Callable[..., Patient]


@pytest.fixture
def came(location: Location, now: datetime) -> Came:
    def made(name: str, *ago: int, service: Service | None = None, history: bool = False, **fields: object) -> Patient:
        patient = Patient.objects.create(given_name=name, family_name="Away", **fields)
        Visit.objects.bulk_create(visits_of(patient, ago, location, now, service=service, is_history=history))
        return patient

    return made


@pytest.fixture
def house(location: Location, now: datetime) -> None:
    """Forty patients who come every hundred days or so and are on time, and twenty who came once long ago."""
    lives = [
        [number * 2 % 90 + round(gap * (0.9 + number % 5 / 20)) for gap in (400, 300, 200, 100, 0)]
        for number in range(40)
    ]
    lives += [[500 + 10 * number] for number in range(20)]
    patients = Patient.objects.bulk_create(
        Patient(given_name="Patient", family_name=str(number)) for number in range(len(lives))
    )
    Visit.objects.bulk_create(
        visit
        for patient, life in zip(patients, lives, strict=True)
        for visit in visits_of(patient, life, location, now)
    )


def visits_of(
    patient: Patient, ago: Iterable[int], location: Location, now: datetime, **fields: object
) -> Iterator[Visit]:
    """Completed, so many days ago."""
    for days in ago:
        at = now - timedelta(days=days)
        day = day_of(at, zone_of(location.time_zone))
        yield Visit(
            patient=patient, location=location, status="completed", starts_at=at, completed_at=at, day=day, **fields
        )


@pytest.fixture
def drift_of() -> Callable[[Patient], Drift]:
    return lambda patient: Drift.objects.get(patient=patient)
