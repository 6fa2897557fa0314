"""In a real browser: an owner finds who is drifting and sees to them, and tries a kindness from start to result."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.drifting.refresh import refresh_drift
from loyalty.holdouts.close import close_ended
from loyalty.models import Holdout, HoldoutPatient, Location, Patient, Visit
from tests.browser.looking import look

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """Forty patients who come every hundred days or so, two of them away for much longer."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        people = Patient.objects.bulk_create(
            [Patient(given_name=name, family_name="Away", address="1 Main Street") for name in ("Ana", "Ben")]
            + [Patient(given_name="Patient", family_name=str(number)) for number in range(38)]
        )
        visits = [
            (patient, days + (170 + number if number < 2 else number * 2 % 90))
            for number, patient in enumerate(people)
            for days in (400, 300 + number % 7, 200, 100 - number % 11, 0)
        ]
        Visit.objects.bulk_create(
            Visit(patient=patient, location=location, status="completed", starts_at=at, completed_at=at, day=at.date())
            for patient, days in visits
            for at in [now - timedelta(days=days)]
        )
        refresh_drift(now=now)
    return place


def test_from_drifting_away_to_the_call_list_and_back(place, owner, sign_in_page):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="2 patients should have been back").click()
    expect(page.get_by_role("heading", name="Drifting", level=1)).to_be_visible()
    expect(page.get_by_text(re.compile(r"Usually every 1\d weeks; 2\d weeks since the last visit"))).to_have_count(2)
    page.get_by_role("button", name="Write to Ana Away").click()
    expect(page.get_by_role("heading", name="Ana Away")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Drifting", exact=True).click()
    page.get_by_role("link", name=re.compile("Leave for now.*Ben Away")).click()
    expect(page.get_by_role("heading", name="Leave for now", level=1)).to_be_visible()
    page.get_by_role("textbox", name="Until").fill(f"{timezone.now() - timedelta(days=3):%Y-%m-%d}")
    page.get_by_label("Why").fill("In Italy until spring")
    page.get_by_role("button", name="Leave for now").click()
    # A day that is over is no answer; what was typed stands.
    expect(page.get_by_role("alert")).to_contain_text("They are still on the list")
    expect(page.get_by_label("Why")).to_have_value("In Italy until spring")
    page.get_by_role("textbox", name="Until").fill(f"{timezone.now() + timedelta(days=60):%Y-%m-%d}")
    page.get_by_role("button", name="Leave for now").click()
    expect(page.get_by_role("heading", name="Drifting", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Ben Away")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Ben Away")).to_be_visible()
    assert look(page) == []


def test_a_hold_out_from_its_start_to_its_result(place, owner, aside, sign_in_page):
    page, now = sign_in_page(owner, at=place.slug), timezone.now()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Hold-outs")).click()
    page.get_by_role("link", name="Start one").click()
    page.get_by_role("button", name="When would I know?").click()
    page.get_by_role("button", name="Start it").click()
    expect(page.get_by_text("No evidence yet")).to_be_visible()
    expect(page.get_by_role("heading", name="What it does not show")).to_be_visible()
    page.get_by_role("link", name="Notes", exact=True).click()
    expect(page.get_by_text("drawn by lot, get no note until")).to_be_visible()
    aside(lambda: live_through_its_year(place, now=now))
    page.get_by_role("link", name="Hold-outs").click()
    page.get_by_role("link", name="Thank-you notes").click()
    expect(page.get_by_text(re.compile("in 100 came back because of it"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Held out"))).to_contain_text("20")
    assert look(page) == []


def live_through_its_year(place, *, now):
    """All of the contacted came back and nobody of the held out."""
    with practice_scope(place):
        holdout, location = Holdout.objects.get(), Location.objects.get()
        people = list(Patient.objects.order_by("id"))
        HoldoutPatient.objects.bulk_create(
            HoldoutPatient(holdout=holdout, patient=patient, day=holdout.starts_on, is_held=number % 2 == 0)
            for number, patient in enumerate(people)
        )
        at = now + timedelta(days=40)
        Visit.objects.bulk_create(
            Visit(patient=patient, location=location, status="completed", starts_at=at, completed_at=at, day=at.date())
            for patient in people[1::2]
        )
        assert close_ended(practice=place, now=now + timedelta(days=367)) == 1
