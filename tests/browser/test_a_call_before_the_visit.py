"""Step 1 in a real browser: the playbook asks for a call, it is made, and what was promised stands on the visit."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Call, Location, Promise, Service, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser
ZONE = "America/Los_Angeles"


@pytest.fixture
def place(open_place):
    """A practice with one patient, one who treats, and one service that says what to expect."""
    place = open_place(time_zone=ZONE)
    with practice_scope(place):
        Staff.objects.create(display_name="Dr. Sato", role="provider")
        Service.objects.create(name="Chemical peel", preview="Your skin will be red for a day.", minutes=45)
        enrol(given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], now=timezone.now())
        assert Location.objects.count() == 1
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_booked_visit_is_called_about_and_the_promise_stands_on_it(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_role("main").get_by_role("link", name="Playbook").first.click()
    first = page.get_by_role("region", name="Step 1: Be proactive")
    expect(first).to_contain_text("A visit is booked")
    expect(first.get_by_role("switch").first).to_be_checked()

    page.get_by_role("link", name="Calls").first.click()
    expect(page.get_by_role("heading", name="Every call is made")).to_be_visible()

    page.get_by_role("link", name="Patients").first.click()
    page.get_by_role("searchbox", name="Find a patient").press_sequentially("marg")
    page.get_by_role("list", name="Patients found").get_by_role("link", name="Marguerite Ellison").click()
    page.get_by_role("main").get_by_role("link", name="Book a visit").first.click()
    soon = timezone.now().astimezone(ZoneInfo(ZONE)) + timedelta(days=6)
    page.get_by_label("Day").fill(soon.date().isoformat())
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_label("Service").select_option(label="Chemical peel")
    page.get_by_label("With").select_option(label="Dr. Sato")
    page.get_by_role("button", name="Book").click()
    expect(page.locator("#flash")).to_contain_text("The call before it is planned.")

    page.get_by_role("link", name="Calls").first.click()
    desk = page.locator("#desk")
    expect(desk).to_contain_text("Your skin will be red for a day.")
    expect(desk.get_by_role("link", name="(503) 555-0148")).to_have_attribute("href", "tel:5035550148")
    # By keyboard: P leads to the promise, R to the button that settles the call.
    page.locator("body").press("p")
    expect(page.get_by_label("What you promised")).to_be_focused()
    page.keyboard.type("Someone calls the next morning")
    page.get_by_label("Minutes").fill("6")
    page.get_by_role("button", name="Reached").click()
    expect(page.locator("#flash")).to_contain_text("Written down: reached.")
    expect(page.get_by_role("heading", name="Every call is made")).to_be_visible()

    page.goto(page.url.split("/calls/")[0] + aside(lambda: address_of_the_visit(place)))
    expect(page.get_by_role("main")).to_contain_text("Someone calls the next morning")
    expect(page.get_by_role("main")).to_contain_text("Confirmed")
    assert aside(lambda: what_is_kept(place)) == ("done", "reached", 6, True, ["Someone calls the next morning"])
    assert problems == []


def address_of_the_visit(place):
    with practice_scope(place):
        return f"/visits/{Touchpoint.objects.get(kind='preview').visit_id}/"


def what_is_kept(place):
    with practice_scope(place):
        call = Call.objects.get()
        promises = list(Promise.objects.values_list("text", flat=True))
        return call.touchpoint.state, call.result, call.minutes, call.confirmed, promises
