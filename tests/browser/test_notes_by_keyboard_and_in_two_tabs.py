"""The writing desk by keyboard alone, and one note open in two tabs."""

import re

import pytest
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Staff, Touchpoint

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def place(open_with_notes):
    """Four notes to write, the oldest first: Ann, Bea, Cleo, Dot; and a colleague of who treated them."""
    place = open_with_notes(Ann=30, Bea=26, Cleo=22, Dot=18)
    with practice_scope(place):
        Staff.objects.create(display_name="Maya", role="front_desk")
    return place


@pytest.fixture
def notes(place, owner, sign_in_page):
    """The queue, as its owner opens it."""
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Notes").first.click()
    expect(page.locator("#desk-h")).to_have_text("Ann Lindgren")
    return page


def test_every_step_of_the_queue_is_a_key(notes, place, aside, problems):
    press, flash, on_desk = notes.keyboard.press, notes.locator("#flash"), notes.locator("#desk-h")
    press("e")
    expect(notes.get_by_label("Words for the card")).to_be_focused()
    notes.keyboard.type("How is the garden?")
    expect(notes.locator("#card-words")).to_have_text("How is the garden?")
    press("Escape")
    press("w")
    expect(flash).to_contain_text("Note marked as written.")
    expect(on_desk).to_have_text("Bea Lindgren")
    expect(on_desk).to_be_focused()

    press("u")
    expect(flash).to_contain_text("The note is back in the queue.")
    expect(on_desk).to_have_text("Ann Lindgren")
    expect(notes.get_by_label("Words for the card")).to_have_value("How is the garden?")

    press("j")
    press("Enter")
    expect(on_desk).to_have_text("Bea Lindgren")
    press("n")
    press("Space")
    press("Enter")
    expect(flash).to_contain_text("No note this time.")
    expect(on_desk).to_have_text("Cleo Lindgren")

    press("h")
    expect(notes.get_by_label("Hand to a colleague")).to_be_focused()
    notes.keyboard.type("Maya")
    press("Tab")
    press("Enter")
    expect(flash).to_contain_text("The note is with your colleague now.")
    assert aside(lambda: kept(place)) == {
        ("Ann", "planned", "", "Dr. Sato"),
        ("Bea", "skipped", "Thanked in person", "Dr. Sato"),
        ("Cleo", "planned", "", "Maya"),
        ("Dot", "planned", "", "Dr. Sato"),
    }
    assert problems == []


def test_of_two_tabs_on_one_note_the_second_is_told_who_was_first(notes, place, aside, problems):
    second = notes.context.new_page()
    second.goto(notes.url)
    expect(second.locator("#desk-h")).to_have_text("Ann Lindgren")
    notes.get_by_role("button", name="Written to Ann Lindgren").click()
    expect(notes.locator("#desk-h")).to_have_text("Bea Lindgren")

    second.get_by_role("button", name="Written to Ann Lindgren").click()
    expect(second.get_by_role("heading", name="This was not done")).to_be_visible()
    expect(second.get_by_role("main")).to_contain_text(re.compile(r"The note to Ann Lindgren was written at \d"))
    # The way back leads to the note that comes next, and not to the one that is gone.
    second.get_by_role("link", name="Back", exact=True).click()
    expect(second.locator("#desk-h")).to_have_text("Bea Lindgren")
    assert {one[:2] for one in aside(lambda: kept(place))} >= {("Ann", "done"), ("Bea", "planned")}
    assert problems == []


def kept(place):
    with practice_scope(place):
        return {
            (one.patient.given_name, one.state, one.outcome, one.assigned_to.display_name)
            for one in Touchpoint.objects.filter(kind="note").select_related("patient", "assigned_to")
        }
