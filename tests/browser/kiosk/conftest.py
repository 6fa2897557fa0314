"""A practice with a patient at checkout, and a browser that is its tablet."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.kiosk.enroll import invite_tablet
from loyalty.kiosk.open_visit import open_on
from loyalty.models import Kiosk, Location, Promise, Staff, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.walk_in import walk_in


@pytest.fixture
def place(open_place):
    """Marguerite is here, was promised something, and a code to enroll a tablet lies ready."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        Staff.objects.create(display_name="Dr. Sato", role="provider")
        patient = enrol(given_name="Marguerite", family_name="Ellison", now=now)
        visit = walk_in(patient_id=patient.id, location_id=location.id, now=now)
        Promise.objects.create(visit=visit, text="No waiting, whatever happens", made_at=now - timedelta(days=2))
    return place


@pytest.fixture
def code(place):
    with practice_scope(place):
        location = Location.objects.get()
        return invite_tablet(name="Front desk", location_id=location.id, now=timezone.now()).code


@pytest.fixture
def tablet(place, code, page, web):
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"http://{place.slug}.perennial.localhost:{web}/kiosk/enrollment/{code}/")
    page.get_by_role("button", name="Enroll this tablet").click()
    expect(page.get_by_role("heading", name="Tell us how it was")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    return page


@pytest.fixture
def open_visit(place, aside):
    def open_it():
        with practice_scope(place):
            open_on(
                visit_id=Visit.objects.get().id, kiosk_id=Kiosk.objects.get().id, by_staff_id=None, now=timezone.now()
            )

    return lambda: aside(open_it)


@pytest.fixture
def kept(place, aside):
    """kept(function) → what it finds inside the practice."""

    def look(function):
        def inside():
            with practice_scope(place):
                return function()

        return aside(inside)

    return look
