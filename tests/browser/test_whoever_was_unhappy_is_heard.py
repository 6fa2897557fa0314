"""Somebody was unhappy: it is owned, worked, told and closed, and only then a thank-you goes out. And somebody asks."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.feedback.record import record
from loyalty.models import (
    ContactPoint,
    Feedback,
    Inquiry,
    Location,
    Memory,
    Promise,
    Recovery,
    Staff,
    Touchpoint,
    Visit,
)
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """Marguerite left an hour ago, and gave a 4 on the tablet."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        Staff.objects.create(display_name="Mara Quist", role="manager")
        patient = enrol(given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], now=now)
        visit = walk_in(patient_id=patient.id, location_id=Location.objects.get().id, now=now - timedelta(hours=2))
        complete(visit_id=visit.id, now=now - timedelta(hours=1))
        record(visit_id=visit.id, mode="kiosk", score=4, better="I waited for forty minutes.", now=now)
    return place


@pytest.fixture
def page(place, page, sign_in_page, aside):
    """The owner is signed in."""
    person = aside(lambda: owner_of(place, password=PASSWORD))
    yield sign_in_page(person.email, at=place.slug)
    aside(person.delete)


@pytest.fixture
def kept(place, aside):
    """kept(function) → what it finds inside the practice."""

    def look(function):
        with practice_scope(place):
            return function()

    return lambda function: aside(lambda: look(function))


def test_a_recovery_is_owned_worked_told_and_closed_and_then_the_note_is_free(page, kept, problems):
    page.get_by_role("link", name="Feedback").first.click()
    page.get_by_role("link", name=re.compile("Marguerite Ellison")).first.click()
    page.get_by_role("link", name="Work on it").click()
    stands = page.get_by_role("region", name="How it stands")
    expect(stands).to_contain_text("Next step by")
    expect(stands).to_contain_text("1 held until this is closed")
    expect(stands.get_by_label("Owner").locator("option:checked")).to_have_text("Mara Quist")
    assert kept(lambda: Touchpoint.objects.get(kind="note").state) == "held"

    page.get_by_role("combobox", name="What was done").select_option("call")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a sentence on it")
    page.get_by_label("In a sentence").fill("Called her. She missed her train.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("region", name="What was done")).to_contain_text("She missed her train.")

    page.get_by_role("heading", name="Close it").click()
    page.get_by_label("Yes, it is good again").check()
    page.get_by_role("textbox", name="What was done").fill("One visit an hour less.")
    page.get_by_role("button", name="Close the recovery").click()
    expect(page.get_by_role("alert")).to_contain_text("Marguerite Ellison does not know yet.")
    expect(page.get_by_role("textbox", name="What was done")).to_have_value("One visit an hour less.")

    page.get_by_role("heading", name="Tell Marguerite what changed").click()
    page.get_by_role("textbox", name="What they said").fill("I did not expect a call. Thank you.")
    page.get_by_role("button", name="Marguerite has been told").click()
    expect(page.get_by_role("region", name="What was done")).to_contain_text("I did not expect a call.")
    page.get_by_label("Yes, it is good again").check()
    page.get_by_role("textbox", name="What was done").fill("One visit an hour less.")
    page.get_by_role("button", name="Close the recovery").click()
    expect(page.get_by_role("region", name="How it went")).to_be_visible()

    def what_is_kept():
        one = Recovery.objects.get()
        steps = list(one.steps.order_by("at", "id").values_list("kind", flat=True))
        return one.recovered, one.patient_told_at is not None, steps, Touchpoint.objects.get(kind="note").state

    assert kept(what_is_kept) == (True, True, ["opened", "call", "told", "closed"], "planned")
    page.get_by_role("link", name="Notes").first.click()
    expect(page.get_by_role("heading", name="Marguerite Ellison")).to_be_visible()
    assert [one for one in problems if "422" not in one] == []


def test_somebody_asks_is_called_and_becomes_a_patient_with_a_first_visit(page, kept, problems):
    page.get_by_role("link", name="Inquiries").first.click()
    page.get_by_role("link", name="Somebody asks").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Ruth Calloway")
    page.get_by_label("What they want").fill("To look less tired.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_contain_text("phone number or an email")
    page.get_by_label("Phone").fill("(503) 555-0171")
    page.get_by_label("What worries them").fill("Needles.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruth Calloway")

    page.get_by_role("radio", name="Reached", exact=True).check()
    page.get_by_label("What we promised").fill("You see the rooms first.")
    page.get_by_role("button", name="Write the call down").click()
    expect(page.get_by_role("region", name="Calls so far")).to_contain_text("You see the rooms first.")

    page.get_by_role("link", name="Becomes a patient").click()
    expect(page.get_by_label("Last name")).to_have_value("Calloway")
    page.get_by_label(re.compile("Worries")).check()
    page.get_by_label("Day").fill((timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d"))
    page.get_by_label("Time").fill("10:30")
    page.get_by_role("button", name="Make them a patient").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ruth Calloway")

    def what_is_kept():
        inquiry = Inquiry.objects.get()
        visit = Visit.objects.get(patient=inquiry.patient)
        told = Memory.objects.get(patient=inquiry.patient).text
        reach = ContactPoint.objects.get(patient=inquiry.patient).value
        return inquiry.state, visit.status, Promise.objects.get(visit=visit).text, told, reach, Feedback.objects.count()

    assert kept(what_is_kept) == (
        "became_patient",
        "booked",
        "You see the rooms first.",
        "Worries: Needles.",
        "(503) 555-0171",
        1,
    )
    assert [one for one in problems if "422" not in one] == []
