"""By keyboard alone: skip, search, and keep one's place when a row goes."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_with_notes):
    """Three notes to write, the oldest first: Ann, Bea, Cleo."""
    return open_with_notes(Ann=30, Bea=20, Cleo=10)


@pytest.fixture
def morning(place, owner, sign_in_page):
    """Today, as its owner opens it."""
    return sign_in_page(owner, at=place.slug)


def test_when_a_note_is_written_focus_goes_to_the_next_one(morning, problems):
    notes = morning.get_by_role("region", name="Notes to write")
    notes.get_by_role("button", name="Written to Ann Lindgren").focus()
    morning.keyboard.press("Enter")
    expect(notes.get_by_role("heading", name="Ann Lindgren")).to_have_count(0)
    expect(notes.get_by_role("button", name="Written to Bea Lindgren")).to_be_focused()
    expect(morning.locator("#live")).to_have_text("Note marked as written.")
    for name in ("Bea", "Cleo"):
        morning.keyboard.press("Enter")
        expect(notes.get_by_role("heading", name=f"{name} Lindgren")).to_have_count(0)
    expect(notes.get_by_role("heading", name="Notes to write")).to_be_focused()
    assert problems == []


def test_what_was_written_can_be_taken_back(morning):
    notes = morning.get_by_role("region", name="Notes to write")
    notes.get_by_role("button", name="Written to Ann Lindgren").click()
    morning.get_by_role("button", name="Undo").click()
    expect(morning.locator("#flash")).to_contain_text("The note is back in the queue.")


def test_the_first_stop_skips_to_the_content_and_slash_searches(morning):
    morning.keyboard.press("Tab")
    expect(morning.get_by_role("link", name="Skip to content")).to_be_focused()
    morning.keyboard.press("Enter")
    morning.keyboard.press("/")
    expect(morning.get_by_role("searchbox", name="Find a patient")).to_be_focused()


def test_patients_are_found_while_typing(morning, problems):
    morning.get_by_role("link", name="Patients").first.click()
    morning.get_by_role("searchbox", name="Find a patient").press_sequentially("cle")
    found = morning.get_by_role("list", name="Patients found")
    expect(found.get_by_role("heading")).to_have_text(["Cleo Lindgren"])
    expect(morning).to_have_url(re.compile(r"\?q=cle(&|$)"))
    assert problems == []


def test_a_form_with_a_mistake_is_read_from_its_message(morning):
    morning.get_by_role("link", name="Add a patient").click()
    morning.get_by_role("button", name="Add the patient").click()
    expect(morning.get_by_role("alert")).to_be_focused()
    morning.get_by_role("link", name="First name:").click()
    expect(morning.get_by_label("First name")).to_be_focused()


def test_the_chosen_theme_stays(morning):
    toggle = morning.get_by_role("button", name="Dark mode")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    morning.reload()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert morning.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(19, 16, 22)"
