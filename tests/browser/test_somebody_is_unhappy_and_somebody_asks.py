"""In a real browser: an unhappy answer is made good and the held note is free; somebody who asks comes for a visit."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.feedback.record import record
from loyalty.inquiries.take import take
from loyalty.models import Inquiry, Location, Recovery, Staff, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """Beatrice was unhappy yesterday, Marguerite loved it; Ruth left her number."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        Staff.objects.create(display_name="Elena Marsh", role="manager")
        yesterday = now - timedelta(days=1)
        for name, score, words in (("Beatrice Lindgren", 3, "Waited half an hour."), ("Marguerite Ellison", 10, "")):
            given, family = name.split()
            patient = enrol(given_name=given, family_name=family, phones=["(503) 555-0148"], now=yesterday)
            visit = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=yesterday)
            complete(visit_id=visit.id, now=yesterday)
            liked = "" if words else "Kind people who take their time."
            record(visit_id=visit.id, mode="link", score=score, better=words, liked=liked, now=yesterday)
        take(name="Ruth Calloway", phone="(503) 555-0171", wants="Look less tired.", worries="Needles.", now=now)
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_an_unhappy_answer_is_made_good_and_the_note_is_free(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Feedback").first.click()
    page.get_by_role("link", name=re.compile("Beatrice Lindgren")).click()
    expect(page.locator("#answer")).to_contain_text("Waited half an hour.")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.locator("#flash")).to_contain_text("Marked as read.")
    page.get_by_role("link", name="Recoveries").click()
    page.get_by_role("link", name=re.compile("Beatrice Lindgren")).click()

    page.get_by_label("What was done").first.select_option("call")
    page.get_by_label("In a sentence").fill("Called and listened. The desk says it after ten minutes from now on.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#log")).to_contain_text("Called and listened.")

    page.get_by_role("heading", name="Tell Beatrice what changed").click()
    page.get_by_label("What they said").fill("Glad that you called.")
    page.get_by_role("button", name="Beatrice has been told").click()

    page.get_by_role("radio", name="Yes, it is good again").check()
    page.locator("#close").get_by_label("What was done").fill("Called. The desk now says it.")
    page.get_by_role("button", name="Close the recovery").click()
    expect(page.get_by_role("main")).to_contain_text("Made good, closed")

    assert aside(lambda: how_it_ended(place)) == (True, "planned")
    assert problems == []


def test_somebody_who_asks_is_called_and_comes_for_a_first_visit(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Inquiries").first.click()
    page.get_by_role("link", name=re.compile("Ruth Calloway")).click()
    page.get_by_role("radio", name="Reached", exact=True).check()
    page.get_by_label("What we promised").fill("We show you the rooms first.")
    page.get_by_role("button", name="Write the call down").click()
    expect(page.locator("#calls")).to_contain_text("We show you the rooms first.")

    page.get_by_role("link", name="Becomes a patient").click()
    page.get_by_role("checkbox", name=re.compile("Needles")).check()
    ahead = (timezone.now() + timedelta(days=9)).date()
    page.get_by_label("Day").fill(ahead.isoformat())
    page.get_by_label("Time").fill("10:30")
    page.get_by_role("button", name="Make them a patient").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ruth Calloway")
    expect(page.locator("#flash")).to_contain_text("the first visit is booked")

    assert aside(lambda: how_ruth_came(place)) == ("became_patient", ["We show you the rooms first."])
    assert problems == []


def how_it_ended(place):
    with practice_scope(place):
        note = Touchpoint.objects.get(kind="note", patient__given_name="Beatrice")
        return Recovery.objects.get().recovered, note.state


def how_ruth_came(place):
    with practice_scope(place):
        visit = Visit.objects.get(patient__given_name="Ruth")
        return Inquiry.objects.get().state, [one.text for one in visit.promises.all()]
