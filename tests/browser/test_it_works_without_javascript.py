"""With scripts forbidden: sign in, add a patient, book, begin, complete, write the note, find the patient."""

import pytest
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Staff, Touchpoint
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser


@pytest.fixture
def place(open_place):
    place = open_place(time_zone="America/Los_Angeles")
    with practice_scope(place):
        Staff.objects.create(display_name="Dr. Sato", role="provider")
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_whole_round_by_forms_alone(place, owner, browser, web, aside):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://{place.slug}.perennial.localhost:{web}/account/login/")
    page.get_by_label("Work email").fill(owner)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Dark mode")).to_be_hidden()

    page.get_by_role("link", name="Add a patient").click()
    page.get_by_label("First name").fill("Beatrice")
    page.get_by_label("Last name").fill("Lindgren")
    page.get_by_role("button", name="Add the patient").click()
    expect(page.get_by_text("The patient is on the list.")).to_be_visible()

    page.get_by_role("link", name="Is here now").click()
    page.get_by_label("With").select_option(label="Dr. Sato")
    page.get_by_role("button", name="Begin the visit").click()
    page.get_by_role("button", name="Call in Beatrice Lindgren").click()
    page.get_by_role("button", name="Complete the visit of Beatrice Lindgren").click()
    expect(page.get_by_text("The visit is over.")).to_be_visible()

    page.get_by_role("button", name="Written to Beatrice Lindgren").click()
    expect(page.get_by_text("Note marked as written.")).to_be_visible()

    page.get_by_role("searchbox", name="Find a patient").fill("lind")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Beatrice Lindgren")).to_be_visible()
    context.close()

    def kept():
        with practice_scope(place):
            return list(Touchpoint.objects.filter(kind="note").values_list("state", flat=True))

    assert aside(kept) == ["done"]
