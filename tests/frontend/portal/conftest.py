"""A small day at Aurora, seen through its pages. Each request enters the practice by itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Location, Memory, Patient, Service, Staff, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def inside(aurora: PracticeRef) -> Callable[[], AbstractContextManager[Any]]:
    """with inside(): look at what is kept."""
    return lambda: practice_scope(aurora)


@pytest.fixture
def location(inside) -> Location:
    with inside():
        return Location.objects.get()


@pytest.fixture
def service(inside) -> Service:
    with inside():
        return Service.objects.create(name="Chemical peel", preview="Your skin will be red for a day.")


@pytest.fixture
def provider(inside) -> Staff:
    with inside():
        return Staff.objects.filter(role="provider").get()


@pytest.fixture
def patient(inside, now) -> Patient:
    with inside():
        return enrol(given_name="Marguerite", family_name="O'Ellison <b>", phones=["(503) 555-0148"], now=now)


@pytest.fixture
def booked(inside, now, patient, location, provider) -> Visit:
    """Marguerite comes at ten thirty, with Priya."""
    with inside():
        return book(
            patient_id=patient.id,
            location_id=location.id,
            starts_at=now + timedelta(minutes=90),
            staff_id=provider.id,
            now=now - timedelta(days=7),
        )


@pytest.fixture
def here(inside, now, patient, location, provider) -> Visit:
    """Marguerite walked in and is here now."""
    with inside():
        return walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=now)


@pytest.fixture
def busy_day(inside, now, location, provider, service) -> list[Visit]:
    """Twelve visits of today, with things to know about each patient."""
    visits = []
    with inside():
        for n in range(12):
            who = enrol(given_name=f"Patient {n}", family_name="Of The Day", birth=(1980, 11, 24 + n % 5), now=now)
            Memory.objects.create(patient=who, text=f"Runs marathons, the {n}th in Sacramento", source="Told Priya")
            visits.append(
                book(
                    patient_id=who.id,
                    location_id=location.id,
                    starts_at=now + timedelta(minutes=30 * n),
                    staff_id=provider.id,
                    service_id=service.id,
                    now=now - timedelta(days=3),
                )
            )
    return visits
