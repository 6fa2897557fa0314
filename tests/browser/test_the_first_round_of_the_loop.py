"""An owner's morning, in a real browser: write a note, complete a visit, and see what follows from it."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Staff, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """A practice with a patient who left yesterday and waits for a note, and one who is here now."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        yesterday = now - timedelta(days=1)
        left = enrol(given_name="Beatrice", family_name="Lindgren", now=yesterday)
        visit = walk_in(patient_id=left.id, location_id=location.id, staff_id=provider.id, now=yesterday)
        complete(visit_id=visit.id, now=yesterday)
        here = enrol(given_name="Marguerite", family_name="Ellison", now=now)
        walk_in(patient_id=here.id, location_id=location.id, staff_id=provider.id, now=now)
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_note_is_written_a_visit_completed_and_the_figures_move(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wanda")

    notes = page.get_by_role("region", name="Notes to write")
    expect(notes.get_by_role("heading", name="Beatrice Lindgren")).to_be_visible()
    notes.get_by_role("button", name=re.compile("Written to Beatrice")).click()
    expect(notes.get_by_role("heading", name="Beatrice Lindgren")).to_have_count(0)
    expect(page.get_by_role("region", name="How we are doing")).to_contain_text(re.compile(r"1\s*of\s*1"))

    page.get_by_role("button", name="Call in Marguerite Ellison").click()
    page.get_by_role("button", name="Complete the visit of Marguerite Ellison").click()
    expect(notes.get_by_role("heading", name="Marguerite Ellison")).to_be_visible()
    # Near the weekend the new note is due next week.
    due = 1 + aside(lambda: due_this_week(place))
    expect(page.get_by_role("region", name="How we are doing")).to_contain_text(re.compile(rf"1\s*of\s*{due}"))

    assert aside(lambda: what_is_kept(place)) == (
        "completed",
        {("Beatrice", "done"), ("Marguerite", "planned")},
    )
    assert problems == []


def what_is_kept(place):
    with practice_scope(place):
        return (
            Visit.objects.get(patient__given_name="Marguerite").status,
            set(Touchpoint.objects.filter(kind="note").values_list("patient__given_name", "state")),
        )


def due_this_week(place):
    """Notes that are still to be written by the local Sunday."""
    zone = ZoneInfo("America/Los_Angeles")
    today = timezone.localdate(timezone=zone)
    monday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(), zone)
    with practice_scope(place):
        return Touchpoint.objects.filter(kind="note", state="planned", due_at__lt=monday).count()
