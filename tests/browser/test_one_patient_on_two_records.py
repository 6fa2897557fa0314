"""One patient on two records, in a real browser: edited, tagged, merged after a look, and told apart again."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy.scope import practice_scope
from loyalty.models import Memory, Patient
from loyalty.patients.enrol import enrol
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def place(open_place):
    """Marguerite, and Margo with the same number, who wants no voicemail."""
    place, now = open_place(time_zone="America/Los_Angeles"), timezone.now()
    with practice_scope(place):
        enrol(given_name="Marguerite", family_name="Ellison", phones=["(503) 555-0148"], now=now)
        margo = enrol(given_name="Margo", family_name="Ellison", phones=["503-555-0148"], now=now)
        Patient.objects.filter(id=margo.id).update(no_voicemail=True)
        Memory.objects.create(patient=margo, text="Has a dog", source="Told Dr. Sato")
    return place


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


def test_a_duplicate_is_merged_after_a_look_and_taken_back(place, owner, aside, sign_in_page, problems):
    page = sign_in_page(owner, at=place.slug)
    flash, main = page.locator("#flash"), page.get_by_role("main")
    page.get_by_role("link", name="Patients").first.click()
    page.get_by_role("searchbox", name="Find a patient").press_sequentially("marguer")
    page.get_by_role("list", name="Patients found").get_by_role("link", name="Marguerite Ellison").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marguerite Ellison")
    main.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Likes to be called").fill("Daisy")
    page.get_by_label("Tags").fill("Book club")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daisy Ellison")
    expect(main).to_contain_text("Book club")

    page.get_by_role("link", name="Patients").first.click()
    main.get_by_role("link", name="Possible duplicates").click()
    pairs = page.get_by_role("region", name="To look at")
    expect(pairs).to_contain_text("Same phone number")
    pairs.get_by_role("link", name="Compare").click()
    expect(main).to_contain_text("1 memory")
    expect(main).to_contain_text("Of two wishes the stricter one holds: no voicemail.")
    page.get_by_role("group", name="Given name").get_by_role("radio", name="Marguerite").check()
    page.get_by_role("button", name="Merge them").click()
    expect(flash).to_contain_text("The two records are one now.")
    expect(main).to_contain_text("Has a dog")
    assert aside(lambda: kept(place)) == {("Marguerite", True, 1)}

    flash.get_by_role("button", name="Undo").click()
    expect(main).to_contain_text("Taken back")
    assert aside(lambda: kept(place)) == {("Marguerite", False, 0), ("Margo", True, 1)}
    assert problems == []


def kept(place):
    with practice_scope(place):
        return {
            (one.given_name, one.no_voicemail, one.memories.count())
            for one in Patient.objects.filter(merged_into__isnull=True)
        }
