"""A small working day at Aurora: a location in Los Angeles, who treats, what is offered, and the default playbook."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.tenancy.scope import PracticeRef
from loyalty.models import Location, Patient, Service, Staff, StaffRole, Touchpoint, TouchpointKind, Visit
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

MakePatient = Callable[..., Patient]
MakeVisit = Callable[..., Visit]


@pytest.fixture
def playbook(in_aurora: PracticeRef) -> None:
    install_default_playbook()


@pytest.fixture
def location(in_aurora: PracticeRef) -> Location:
    return Location.objects.order_by("created_at").first() or Location.objects.create(
        name="Aurora", time_zone="America/Los_Angeles"
    )


@pytest.fixture
def provider(in_aurora: PracticeRef) -> Staff:
    return Staff.objects.create(display_name="Dr. Sato", role=StaffRole.PROVIDER)


@pytest.fixture
def front_desk(in_aurora: PracticeRef) -> Staff:
    return Staff.objects.create(display_name="Maya", role=StaffRole.FRONT_DESK)


@pytest.fixture
def service(in_aurora: PracticeRef) -> Service:
    return Service.objects.create(name="Chemical peel", preview="Your skin will be red for a day.", minutes=45)


@pytest.fixture
def make_patient(in_aurora: PracticeRef, now: datetime) -> MakePatient:
    """make_patient("Marguerite Ellison", phones=[…]): enrolled two years ago, so that ages and days make sense."""

    def made(name: str = "Marguerite Ellison", **fields: Any) -> Patient:
        given, _, family = name.partition(" ")
        return enrol(**{"given_name": given, "family_name": family, "now": now - timedelta(days=730), **fields})

    return made


@pytest.fixture
def patient(make_patient: MakePatient) -> Patient:
    return make_patient("Marguerite Ellison", phones=["(503) 555-0148"], address="2140 NW Lovejoy St", city="Portland")


@pytest.fixture
def booked(
    playbook: None, patient: Patient, location: Location, provider: Staff, service: Service, now: datetime
) -> MakeVisit:
    """booked(): Marguerite, next Monday at ten, with Dr. Sato for a peel. Any argument of book() can be another."""

    def made(**fields: Any) -> Visit:
        usual = {
            "patient_id": patient.id,
            "location_id": location.id,
            "starts_at": now + timedelta(days=7, hours=1),
            "staff_id": provider.id,
            "service_id": service.id,
            "now": now,
        }
        return book(**{**usual, **fields})

    return made


@pytest.fixture
def completed(
    playbook: None, patient: Patient, location: Location, provider: Staff, service: Service, now: datetime
) -> MakeVisit:
    """completed(): Marguerite walks in and is treated by Dr. Sato; it ends now."""

    def made(*, at: datetime = now, **fields: Any) -> Visit:
        usual = {
            "patient_id": patient.id,
            "location_id": location.id,
            "staff_id": provider.id,
            "service_id": service.id,
            "now": at - timedelta(minutes=45),
        }
        visit = walk_in(**{**usual, **fields})
        return complete(visit_id=visit.id, now=at)

    return made


@pytest.fixture
def treated(booked: MakeVisit, now: datetime) -> MakeVisit:
    """treated(): Marguerite booked a week ago, is here, and is done now."""

    def made(**fields: Any) -> Visit:
        visit = booked(**{"starts_at": now - timedelta(hours=1), "now": now - timedelta(days=7), **fields})
        arrive(visit_id=visit.id, now=now - timedelta(hours=1))
        return complete(visit_id=visit.id, now=now)

    return made


@pytest.fixture
def preview_of(in_aurora: PracticeRef) -> Callable[[Visit], Touchpoint]:
    """The one preview of a visit that is not cancelled."""
    return lambda visit: Touchpoint.objects.exclude(state="cancelled").get(visit=visit, kind=TouchpointKind.PREVIEW)


@pytest.fixture
def note_of(in_aurora: PracticeRef) -> Callable[[Visit], Touchpoint]:
    return lambda visit: Touchpoint.objects.get(visit=visit, kind=TouchpointKind.NOTE)
