"""What a page says when a request in the background is refused, finds nobody signed in, or meets no connection."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Location
from loyalty.patients.enrol import enrol
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    return open_place(time_zone="America/Los_Angeles")


@pytest.fixture
def visit(place):
    """Ann comes within the hour."""
    now = timezone.now()
    with practice_scope(place):
        ann = enrol(given_name="Ann", family_name="Lindgren", now=now)
        return book(patient_id=ann.id, location_id=Location.objects.get().id, starts_at=now, now=now)


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


@pytest.fixture
def morning(place, visit, owner, sign_in_page):
    return sign_in_page(owner, at=place.slug)


def begin(page):
    return page.get_by_role("button", name="Is here now: Ann Lindgren")


def test_whoever_comes_second_is_told_and_keeps_the_page(place, visit, morning, aside):
    def somebody_else():
        with practice_scope(place):
            arrive(visit_id=visit.id, now=timezone.now())

    aside(somebody_else)
    begin(morning).click()
    expect(morning.locator("#flash strong")).to_contain_text("was marked as here")
    expect(morning.get_by_role("heading", name="Ann Lindgren")).to_be_visible()


def test_without_a_connection_nothing_is_lost(morning):
    morning.context.set_offline(True)
    begin(morning).click()
    expect(morning.locator("#flash")).to_contain_text("No connection. Nothing was changed")
    expect(begin(morning)).to_be_visible()


def test_somebody_signed_out_meanwhile_is_led_to_the_door(morning):
    morning.wait_for_load_state("networkidle")
    morning.context.clear_cookies(name="sessionid")
    begin(morning).click()
    expect(morning.get_by_role("heading", name="Welcome back")).to_be_visible()
