"""Step one, in a real browser: the rule is changed, a visit is booked, the patient is called, a promise is kept."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Call, Location, Patient, PlaybookRule, Promise, Service, Staff, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from tests.browser.looking import look
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """A practice that offers a peel, with a patient who will be booked."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        Staff.objects.create(display_name="Dr. Sato", role="provider")
        Service.objects.create(name="Chemical peel", preview="Your skin will be red for a day.", minutes=45)
        enrol(given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], now=now)
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_visit_is_booked_and_the_patient_is_called(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)

    # The playbook: one working day before is enough here, and trying it changes nothing.
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_role("link", name=re.compile("^Playbook")).click()
    expect(page.get_by_role("switch", name="Thank by hand after the visit")).to_be_checked()
    page.get_by_role("link", name="Change Tell what to expect before the visit").click()
    page.get_by_label("How long").fill("1")
    page.get_by_role("button", name="Try it on last month").click()
    expect(page.get_by_role("heading", name=re.compile("would have made 0 contacts"))).to_be_visible()
    assert look(page) == []
    page.get_by_role("button", name="Keep the rule").click()
    expect(page.get_by_text("1 working day before it")).to_be_visible()
    assert look(page) == []

    aside(lambda: book_for(place))
    page.get_by_role("link", name="Calls", exact=True).first.click()
    desk = page.locator("#desk")
    expect(desk).to_contain_text("Your skin will be red for a day.")
    expect(desk.get_by_role("link", name="(503) 555-0148")).to_have_attribute("href", "tel:5035550148")
    assert look(page) == []

    # Nobody picks up at first. All of it by keyboard.
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Written down. It stays in the list")).to_be_visible()
    expect(desk).to_contain_text("No answer")
    page.keyboard.press("p")
    page.keyboard.type("Dr. Sato calls the next morning")
    page.get_by_label("Minutes").fill("4")
    page.get_by_role("button", name="Reached").click()
    expect(page.get_by_role("heading", name="Every call is made")).to_be_visible()
    assert aside(lambda: what_is_kept(place)) == (
        "confirmed",
        ["Dr. Sato calls the next morning"],
        ["no_answer", "reached"],
        ("done", 4),
        -1,
    )
    page.get_by_role("button", name="Undo").click()
    expect(desk).to_contain_text("Marguerite Ellison")
    assert look(page) == []
    assert problems == []


def book_for(place):
    with practice_scope(place):
        book(
            patient_id=Patient.objects.get().id,
            location_id=Location.objects.get().id,
            service_id=Service.objects.get().id,
            staff_id=Staff.objects.get(display_name="Dr. Sato").id,
            starts_at=timezone.now() + timedelta(days=4),
            now=timezone.now(),
        )


def what_is_kept(place):
    with practice_scope(place):
        preview = Touchpoint.objects.get(kind="preview")
        return (
            Visit.objects.get().status,
            list(Promise.objects.values_list("text", flat=True)),
            list(Call.objects.order_by("at").values_list("result", flat=True)),
            (preview.state, preview.minutes),
            PlaybookRule.objects.get(kind="preview").delay,
        )
