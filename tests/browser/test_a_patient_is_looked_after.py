"""A manager narrows the list, tags whom it finds, changes what is on file, and answers a request, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Patient, RecordRequest, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """A practice with two patients: one was here yesterday, one a long time ago."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location, provider = Location.objects.get(), Staff.objects.create(display_name="Dr. Sato", role="provider")
        for name, days in (("Beatrice", 1), ("Marguerite", 200)):
            at = now - timedelta(days=days)
            one = enrol(given_name=name, family_name="Lindgren", phones=["(503) 555-0148"], now=at)
            visit = walk_in(patient_id=one.id, location_id=location.id, staff_id=provider.id, now=at)
            complete(visit_id=visit.id, now=at)
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_from_the_list_to_an_answered_request(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Patients", exact=True).first.click()
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Not here since").fill((timezone.now() - timedelta(days=60)).date().isoformat())
    page.get_by_role("button", name="Show them").click()
    found = page.get_by_role("list", name="Patients found")
    expect(found.get_by_role("heading")).to_have_text(["Marguerite Lindgren"])

    page.get_by_label("Choose Marguerite Lindgren").check()
    page.get_by_text("Tag several at once").click()
    page.locator("#tag").fill("Win back")
    page.get_by_role("button", name="Put it on").click()
    expect(page.get_by_text("The tag is put on.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The tags are as before.")).to_be_visible()

    page.get_by_role("link", name="Marguerite Lindgren").click()
    page.get_by_role("link", name="Change", exact=True).first.click()
    page.get_by_label("City").fill("Salem")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_text("The changes are kept.")).to_be_visible()

    page.get_by_role("link", name="Change", exact=True).first.click()
    page.get_by_label("No contact at all").check()
    page.get_by_role("button", name="Note their wishes").click()
    expect(page.get_by_text("Everything that was planned for them is called off.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("What was called off is planned again.")).to_be_visible()

    page.get_by_role("link", name=re.compile("They ask to correct it")).click()
    page.get_by_label("Correct the record").check()
    page.get_by_label("In their words").fill("My peel was in May.")
    page.get_by_label("How it reached you").fill("a letter")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_label("What was done").fill("The day is corrected.")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("The answer is kept.")).to_be_visible()

    assert aside(lambda: what_is_kept(place)) == (("Salem", [], False), "accepted", ["planned", "planned"])
    assert problems == []


def what_is_kept(place):
    with practice_scope(place):
        one = Patient.objects.get(given_name="Marguerite")
        return (
            (one.city, one.tags, one.no_contact),
            RecordRequest.objects.get().state,
            list(Touchpoint.objects.filter(kind="note").values_list("state", flat=True)),
        )
