"""An owner invites a front desk, who accepts, signs in and is refused what a front desk may not; then they leave."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tenants.models import Person
from tests.browser.looking import look
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser

NEWCOMER = "kim.newcomer@example.com"


@pytest.fixture
def place(open_place):
    return open_place(time_zone="America/Los_Angeles")


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    Person.objects.filter(email=NEWCOMER).delete()
    person.delete()


def link_for(address: str) -> str:
    """The link of the newest mail to `address`: the web server writes mail into a folder."""
    mails = sorted(Path(settings.EMAIL_FILE_PATH).iterdir(), key=lambda file: file.stat().st_mtime)
    messages = [message_from_bytes(file.read_bytes(), policy=default) for file in mails]
    newest = next(message for message in reversed(messages) if message["To"] == address)
    words = newest.get_body(("plain",)).get_content()
    return re.search(r"http://\S+/account/invitation/[\w-]+/", words)[0]


def test_a_front_desk_is_invited_works_and_leaves(place, owner, web, browser, sign_in_page, problems):
    home = f"http://{place.slug}.perennial.localhost:{web}"
    owners = sign_in_page(owner, at=place.slug)
    owners.get_by_role("link", name="Settings").first.click()
    owners.get_by_role("link", name="People").first.click()
    owners.get_by_role("link", name="Invite somebody").click()
    owners.get_by_label("Their name").fill("Kim Newcomer")
    owners.get_by_label("Their work email").fill(NEWCOMER)
    owners.get_by_label("Front desk").check()
    owners.get_by_role("button", name="Send the invitation").click()
    expect(owners.get_by_text("The invitation is on its way by mail.")).to_be_visible()
    link = link_for(NEWCOMER)

    context = browser.new_context()
    kims = context.new_page()
    kims.goto(link)
    expect(kims.get_by_text("Wanda Winter invites you")).to_be_visible()
    assert look(kims) == []
    kims.get_by_label("Password", exact=True).fill(PASSWORD)
    kims.get_by_label("Password, once more").fill(PASSWORD)
    kims.get_by_role("button", name=re.compile("Join")).click()
    expect(kims.get_by_role("heading", level=1)).to_contain_text("Kim")

    # Once more, through the door.
    kims.get_by_role("button", name="Sign out").first.click()
    kims.goto(f"{home}/account/login/")
    kims.get_by_label("Work email").fill(NEWCOMER)
    kims.get_by_label("Password").fill(PASSWORD)
    kims.get_by_role("button", name="Sign in", exact=True).click()
    expect(kims.get_by_role("heading", level=1)).to_contain_text("Kim")
    for name in ("Benchmarks", "People"):
        expect(kims.get_by_role("link", name=name)).to_have_count(0)
    for path in ("/benchmarks/", "/people/", "/people/access/", "/people/invitations/new/"):
        answer = kims.goto(home + path)
        assert answer.status == 404, path
    kims.goto(link)
    expect(kims.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    assert look(kims) == []
    kims.goto(f"{home}/patients/")

    owners.goto(f"{home}/people/")
    owners.get_by_role("link", name="Kim Newcomer").click()
    owners.get_by_role("link", name="End their access").click()
    owners.get_by_role("button", name="End the access of Kim Newcomer").click()
    expect(owners.get_by_text("Their access has ended")).to_be_visible()

    kims.get_by_role("link", name="Notes").first.click()
    expect(kims.get_by_label("Work email")).to_be_visible()
    kims.get_by_label("Work email").fill(NEWCOMER)
    kims.get_by_label("Password").fill(PASSWORD)
    kims.get_by_role("button", name="Sign in", exact=True).click()
    expect(kims.get_by_text("You are not signed in yet")).to_be_visible()
    context.close()
    assert problems == []
