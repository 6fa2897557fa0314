"""Today without a mouse: every control is a stop, each stop is seen, each does its work, and focus is never lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Staff, Touchpoint, Visit
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.faults.desk import zone_of_the_morning

pytestmark = pytest.mark.browser

MOST_STOPS = 120
# Whatever can be pressed or typed into, by a number of its own.
CONTROLS = """() => [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,summary,textarea")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .map((one, number) => (one.dataset.stop = number, [String(number), one.outerHTML.slice(0, 90)]))"""
STOP = """() => {
  const one = document.activeElement;
  const ring = (drawn) => drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
  return [one.dataset.stop ?? "", ring(getComputedStyle(one)) || ring(getComputedStyle(one.parentElement))];
}"""
HAS_A_PLACE = "() => document.activeElement !== document.body"


@pytest.fixture
def place(open_place):
    """Ten in the morning: Ann and Eve are to be thanked, Bea is awaited in an hour, Cleo is here."""
    place, now = open_place(time_zone=zone_of_the_morning()), timezone.now()
    with practice_scope(place):
        yesterday = now - timedelta(days=1)
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        here = {"location_id": Location.objects.get().id, "staff_id": provider.id}
        for name in ("Ann", "Eve"):
            thanked = enrol(given_name=name, family_name="Lindgren", now=yesterday)
            complete(visit_id=walk_in(patient_id=thanked.id, **here, now=yesterday).id, now=yesterday)
        awaited = enrol(given_name="Bea", family_name="Lindgren", phones=["(312) 555-0143"], now=yesterday)
        book(patient_id=awaited.id, starts_at=now + timedelta(hours=1), **here, now=yesterday)
        walk_in(patient_id=enrol(given_name="Cleo", family_name="Lindgren", now=now).id, **here, now=now)
    return place


@pytest.fixture
def today(place, owner, sign_in_page):
    page = sign_in_page(owner, at=place.slug)
    page.wait_for_load_state("networkidle")
    return page


def test_every_control_is_reached_by_tab_and_seen_when_it_is(today):
    controls = dict(today.evaluate(CONTROLS))
    reached, unseen = [], []
    for _ in range(MOST_STOPS):
        today.keyboard.press("Tab")
        stop, seen = today.evaluate(STOP)
        if stop in reached:
            break
        if stop:
            reached.append(stop)
            if not seen:
                unseen.append(controls[stop])
    assert [html for stop, html in controls.items() if stop not in reached] == []
    assert unseen == []
    # As they stand on the page, so they follow.
    assert reached == sorted(reached, key=int)


def test_the_day_is_worked_by_keys_and_focus_is_never_lost(today, place, aside, problems):
    flash, press = today.locator("#flash"), today.keyboard.press

    def enter(name):
        today.get_by_role("button", name=name).focus()
        press("Enter")

    read = re.compile("I have read it ?: the brief of Bea Lindgren")
    enter(read)
    expect(today.get_by_role("button", name=read)).to_have_count(0)
    assert today.evaluate(HAS_A_PLACE)
    enter("Is here now: Bea Lindgren")
    expect(today.get_by_role("button", name="Call in Bea Lindgren")).to_be_focused()
    press("Enter")
    expect(today.get_by_role("button", name="Complete the visit of Bea Lindgren")).to_be_focused()
    press("Enter")
    expect(flash).to_contain_text("The visit is over.")
    assert today.evaluate(HAS_A_PLACE)

    enter("Written to Ann Lindgren")
    expect(today.get_by_role("button", name="Written to Eve Lindgren")).to_be_focused()
    today.get_by_role("button", name="Undo").focus()
    press("Enter")
    expect(flash).to_contain_text("The note is back in the queue.")
    assert today.evaluate(HAS_A_PLACE)
    assert aside(lambda: what_is_kept(place)) == (
        "completed",
        {("Ann", "planned"), ("Eve", "planned"), ("Bea", "planned")},
    )
    assert problems == []


def test_the_sheet_of_keys_opens_closes_and_gives_the_place_back(today, problems):
    search = today.get_by_role("link", name="Add a patient")
    search.focus()
    today.keyboard.press("?")
    sheet = today.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Today")
    today.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(search).to_be_focused()

    today.keyboard.press("?")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Single keys are on").press("Enter")
    expect(sheet.get_by_role("button", name="Single keys are off")).to_be_focused()
    today.keyboard.press("Escape")
    today.keyboard.press("?")
    expect(sheet).to_have_count(0)
    assert problems == []


@pytest.mark.parametrize(
    ("key", "heading"), [("p", "Patients"), ("c", "Calls"), ("n", "Thank-you notes"), ("o", "Occasions")]
)
def test_two_keys_lead_to_a_page(today, key, heading):
    today.keyboard.press("g")
    today.keyboard.press(key)
    expect(today.get_by_role("heading", level=1)).to_contain_text(heading)


def what_is_kept(place):
    with practice_scope(place):
        return (
            Visit.objects.get(patient__given_name="Bea").status,
            set(Touchpoint.objects.filter(kind="note").values_list("patient__given_name", "state")),
        )
