"""The queue of notes, worked through without a mouse; printed; and by two people at once."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    """Four notes to write, the oldest first, and a colleague."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        location = Location.objects.get()
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
        Staff.objects.create(display_name="Maya Moon", role="front_desk")
        for hours, name in ((40, "Ann"), (30, "Bea"), (20, "Cleo"), (10, "Dora")):
            at = now - timedelta(hours=hours)
            patient = enrol(
                given_name=name, family_name="Lindgren", address="12 Main St", city="Portland", state="OR", now=at
            )
            visit = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=at)
            complete(visit_id=visit.id, now=at)
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


@pytest.fixture
def notes(place, owner, sign_in_page):
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Notes").first.click()
    page.wait_for_url("**/notes/")
    return page


def states(place):
    with practice_scope(place):
        found = Touchpoint.objects.filter(kind="note").select_related("patient")
        return {one.patient.given_name: one.state for one in found}


def on_desk(page, name):
    expect(page.get_by_role("heading", level=2, name=f"{name} Lindgren")).to_be_focused()


def test_the_queue_is_worked_through_without_a_mouse(notes, place, aside, problems):
    press = notes.keyboard.press
    press("w")
    on_desk(notes, "Bea")
    expect(notes.get_by_text("Note marked as written.")).to_be_visible()
    press("u")
    on_desk(notes, "Ann")
    press("w")
    on_desk(notes, "Bea")

    press("n")
    expect(notes.get_by_label("We thanked them in person")).to_be_focused()
    press("Space")
    press("Enter")
    on_desk(notes, "Cleo")

    press("h")
    choice = notes.get_by_label("Hand to a colleague")
    expect(choice).to_be_focused()
    press("M")
    expect(choice.locator("option:checked")).to_have_text("Maya Moon")
    press("Tab")
    press("Enter")
    on_desk(notes, "Dora")
    expect(notes.get_by_text("The note is with your colleague now.")).to_be_visible()
    press("u")
    on_desk(notes, "Cleo")

    press("p")
    expect(notes.get_by_role("heading", name="Print cards and labels")).to_be_visible()
    assert aside(lambda: states(place)) == {"Ann": "done", "Bea": "skipped", "Cleo": "planned", "Dora": "planned"}
    assert problems == []


def test_j_and_k_walk_and_open_without_settling_anything(notes, place, aside):
    press = notes.keyboard.press
    press("j")
    expect(notes.get_by_role("link", name="Bea Lindgren")).to_be_focused()
    press("ArrowDown")
    expect(notes.get_by_role("link", name="Cleo Lindgren")).to_be_focused()
    press("k")
    # The note that was reached is opened first; the one on the desk is left as it is.
    press("w")
    expect(notes.get_by_role("heading", level=2, name="Bea Lindgren")).to_be_visible()
    assert set(aside(lambda: states(place)).values()) == {"planned"}


def test_an_offer_is_refused_while_it_is_typed_and_when_it_is_sent(notes, problems):
    notes.keyboard.press("e")
    notes.keyboard.type("Enjoy 20% off, and whatever keys are pressed: jkwnhup")
    guard = notes.locator("#guard")
    expect(guard).to_contain_text("A thank-you carries no offer: take out “20%”.")
    expect(notes.locator("#card-words")).to_contain_text("Enjoy 20% off")
    notes.keyboard.press("Escape")
    assert problems == []
    notes.keyboard.press("w")
    words = notes.get_by_label("Words for the card")
    expect(words).to_be_focused()
    expect(words).to_have_value("Enjoy 20% off, and whatever keys are pressed: jkwnhup")
    expect(notes.get_by_role("heading", level=2, name="Ann Lindgren")).to_be_visible()
    words.fill("Enjoy the snow")
    expect(guard).to_have_text("")
    notes.get_by_role("button", name="Written to Ann Lindgren").click()
    on_desk(notes, "Bea")


def test_the_keys_can_be_turned_off(notes, place, aside):
    toggle = notes.get_by_role("button", name="Turn the keys off")
    toggle.click()
    notes.keyboard.press("w")
    notes.reload()
    expect(notes.get_by_role("button", name="Turn the keys on")).to_be_visible()
    notes.keyboard.press("w")
    notes.keyboard.press("j")
    expect(notes.get_by_role("heading", level=2, name="Ann Lindgren")).to_be_visible()
    assert set(aside(lambda: states(place)).values()) == {"planned"}


def test_two_tabs_with_the_same_note_one_wins_and_the_other_is_told(notes, place, aside, problems):
    other = notes.context.new_page()
    other.goto(notes.url)
    notes.get_by_role("button", name="Written to Ann Lindgren").click()
    on_desk(notes, "Bea")
    other.get_by_role("button", name="Written to Ann Lindgren").click()
    expect(other.get_by_text("The note to Ann Lindgren was written at")).to_be_visible()
    assert aside(lambda: states(place))["Ann"] == "done"
    other.go_back()
    other.reload()
    expect(other.get_by_role("heading", level=2, name="Bea Lindgren")).to_be_visible()
    assert problems == []


def test_cards_and_labels_are_printed_from_the_chosen_notes(notes, problems):
    notes.get_by_role("link", name="Print cards and labels").click()
    notes.get_by_label("Bea Lindgren").uncheck()
    notes.get_by_label("First free label on the sheet").fill("7")
    for button, pages, text in (("Cards as PDF", 3, "Thank you, Ann"), ("Labels as PDF", 1, "Ann Lindgren")):
        with notes.expect_download() as download:
            notes.get_by_role("button", name=button).click()
        path = download.value.path()
        read = PdfReader(io.BytesIO(path.read_bytes()))
        assert len(read.pages) == pages
        assert text in read.pages[0].extract_text()
        assert "Bea" not in "".join(page.extract_text() for page in read.pages)
    notes.get_by_label("First free label on the sheet").fill("31")
    notes.get_by_role("button", name="Labels as PDF").click()
    expect(notes.get_by_role("alert")).to_be_focused()
    expect(notes.get_by_label("Bea Lindgren")).not_to_be_checked()


def test_by_forms_alone(place, owner, browser, web, aside):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://{place.slug}.perennial.localhost:{web}/account/login/?next=/notes/")
    page.get_by_label("Work email").fill(owner)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"http://{place.slug}.perennial.localhost:{web}/notes/")
    page.get_by_label("Words for the card").fill("Enjoy 20% off")
    page.get_by_role("button", name="Written to Ann Lindgren").click()
    expect(page.get_by_text("take out “20%”")).to_be_visible()
    page.get_by_label("Words for the card").fill("Enjoy the snow")
    page.get_by_role("button", name="Written to Ann Lindgren").click()
    page.get_by_text("Not this time", exact=True).first.click()
    page.get_by_label("They wish no card").check()
    page.get_by_role("button", name="Not this time: no note to Bea Lindgren").click()
    page.get_by_label("Hand to a colleague").select_option(label="Maya Moon")
    page.get_by_role("button", name="Hand over").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("The note is with who had it before.")).to_be_visible()
    context.close()
    assert aside(lambda: states(place)) == {"Ann": "done", "Bea": "skipped", "Cleo": "planned", "Dora": "planned"}
