"""A practice joins by itself: from the public page, by invitation, second factor and two agreements, to its Today."""

import secrets

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from tenants.models import Application, Invitation, Person, Practice
from tests.apps import code_at
from tests.browser.conftest import free_port, serving
from tests.browser.letters import letter_to, link_in
from tests.cast import PASSWORD
from tests.places import admin_of_network, drop_place

pytestmark = pytest.mark.browser

CHOSEN = "four words nobody guesses"


@pytest.fixture
def dana(committed):
    """Somebody nobody knows yet, and whatever comes of her."""
    name = f"dana{secrets.token_hex(4)}"
    yield f"{name}@example.com"
    for practice in Practice.objects.filter(slug=name):
        Invitation.objects.filter(practice=practice).delete()
        drop_place(practice.ref)
    Application.objects.filter(email=f"{name}@example.com").delete()
    Person.objects.filter(email=f"{name}@example.com").delete()


@pytest.fixture
def nadia(committed):
    """An admin of the network."""
    person = admin_of_network(password=PASSWORD)
    yield person.email
    person.delete()


@pytest.fixture
def letters(tmp_path):
    return tmp_path / "outbox" / "mail"


@pytest.fixture
def network(dana, nadia, tmp_path):
    """A network that is no demo, whose mails go into a folder; yields the address of its host."""
    port = free_port()
    with serving(port, DEMO="0", DATA=str(tmp_path), STATIC_ROOT=str(settings.STATIC_ROOT)):
        yield f"http://perennial.localhost:{port}"


def set_up_app(page):
    """Prove a second factor for the first time: the code of an app that was told the key on the page."""
    page.get_by_role("link", name="Use an app on your phone").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("The code that the app shows now").fill(code_at(timezone.now(), secret=secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Keep these codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()


def test_from_the_public_page_to_the_first_today(network, dana, nadia, letters, browser):
    visitor = browser.new_context().new_page()
    visitor.goto(network)
    visitor.get_by_role("link", name="Apply to join").click()
    visitor.get_by_label("Practice", exact=True).fill(dana.split("@")[0])
    visitor.get_by_label("Your name").fill("Dana Deal")
    visitor.get_by_label("Work email").fill(dana)
    visitor.get_by_label("Phone").fill("(303) 555-0142")
    visitor.get_by_label("City").fill("Denver")
    visitor.get_by_label("State").select_option("Colorado")
    visitor.get_by_label("Time zone").select_option("Mountain (Denver)")
    visitor.get_by_label("Kind of practice").select_option("Medspa")
    visitor.get_by_label("How many treat patients").select_option("1 to 3 providers")
    visitor.get_by_role("button", name="Apply").click()
    expect(visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    assert "calls you within two working days" in letter_to(dana, letters)

    admin = browser.new_context().new_page()
    admin.goto(link_in(letter_to(nadia, letters)))
    admin.get_by_label("Work email").fill(nadia)
    admin.get_by_label("Password").fill(PASSWORD)
    admin.get_by_role("button", name="Sign in", exact=True).click()
    set_up_app(admin)
    admin.get_by_role("link", name="Open the practice").click()
    admin.get_by_label("Address", exact=True).fill("1 Main St")
    admin.get_by_label("ZIP code").fill("80202")
    admin.get_by_role("button", name="Open it and invite the owner").click()
    expect(admin.get_by_text("The practice is open, and its owner is invited by mail.")).to_be_visible()

    owner = browser.new_context().new_page()
    owner.goto(link_in(letter_to(dana, letters)))
    owner.get_by_label("Password", exact=True).fill(CHOSEN)
    owner.get_by_label("once more").fill(CHOSEN)
    owner.get_by_role("button", name="Join").click()
    set_up_app(owner)
    expect(owner.get_by_role("heading", name="Agreements", level=1)).to_be_visible()

    owner.get_by_label("I have read the terms of membership").check()
    owner.get_by_label("I have read the business associate agreement").check()
    owner.get_by_role("button", name="Accept both").click()
    expect(owner.get_by_text("Your team can work with patients now.")).to_be_visible()

    owner.get_by_role("link", name="Today").first.click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Dana")
    expect(owner.get_by_role("heading", name="No visits today")).to_be_visible()
