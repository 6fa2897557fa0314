"""Signing in as people do it: an app, a passkey, a lock on a shared desk. The server asks everybody for two factors."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tenants.models import Person
from tests.apps import code_at
from tests.cast import PASSWORD
from tests.places import owner_of
from tests.tenants.test_pin import give_pin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PIN = "2580"
# A page that asks nobody for anything.
NOWHERE = "about:blank"
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def place(open_place):
    return open_place()


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    give_pin(person, PIN)
    yield person.email
    Person.objects.filter(pk=person.pk).delete()


@pytest.fixture
def address(place, strict_web):
    return f"http://{place.slug}.perennial.localhost:{strict_web}"


def type_password(page, address, owner):
    page.goto(f"{address}/account/login/")
    page.get_by_label("Work email").fill(owner)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def forget_me(page):
    """The cookies go. First the page: it would notice, and reload itself into what the test does next."""
    page.goto(NOWHERE)
    page.context.clear_cookies()


def set_up_app(page):
    """From the page that asks for a second step to the first page; returns what the app knows."""
    page.get_by_role("link", name="Use an app on your phone").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("The code that the app shows now").fill(code_at(timezone.now(), secret=secret))
    page.get_by_role("button", name="Turn it on").click()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    return secret


def test_a_new_person_sets_up_an_app_and_signs_in_with_it(address, owner, page, problems):
    type_password(page, address, owner)
    page.wait_for_url("**/account/second-factor/?next=%2F")
    page.goto(f"{address}/patients/")
    assert "/account/second-factor/" in page.url
    secret = set_up_app(page)
    page.wait_for_url(f"{address}/patients/")

    page.get_by_role("button", name="Sign out").first.click()
    type_password(page, address, owner)
    page.wait_for_url("**/account/code/")
    # The code that set it up is used up; the app will show the next one within half a minute.
    page.get_by_label("Code").fill(code_at(timezone.now() + timedelta(seconds=30), secret=secret))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{address}/")
    assert page.locator("h1").inner_text().startswith("Good ")
    assert problems == []


def test_one_passkey_opens_every_host(address, owner, strict_web, page, problems):
    finger = page.context.new_cdp_session(page)
    finger.send("WebAuthn.enable")
    finger.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})

    type_password(page, address, owner)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"{address}/")

    for host in (f"http://perennial.localhost:{strict_web}", address):
        forget_me(page)
        page.goto(f"{host}/account/login/")
        page.get_by_role("button", name="Use a passkey").click()
        # Waiting for the navigation would wait for a response that Chromium sometimes never reports.
        expect(page).to_have_url(re.compile(f"^{host}/(account/practices/)?$"))
    page.goto(f"{address}/account/security/")
    assert page.get_by_role("heading", name="Passkey: Chrome on Linux").is_visible()
    assert problems == []


def test_after_a_password_a_passkey_is_the_second_step(address, owner, page, problems):
    finger = page.context.new_cdp_session(page)
    finger.send("WebAuthn.enable")
    finger.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    type_password(page, address, owner)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    forget_me(page)
    type_password(page, address, owner)
    page.wait_for_url("**/account/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/")
    assert problems == []


def test_an_idle_desk_is_warned_then_locked_and_opened_by_pin(address, owner, page, problems):
    type_password(page, address, owner)
    set_up_app(page)
    page.clock.install()
    page.goto(f"{address}/patients/")
    warning = page.get_by_text("The screen locks in a minute.")
    page.clock.fast_forward("08:55")
    assert not warning.is_visible()
    page.clock.fast_forward("00:10")
    assert warning.is_visible()
    page.keyboard.press("Shift")
    page.clock.fast_forward("05:00")
    assert not warning.is_visible()
    page.clock.fast_forward("05:01")
    page.wait_for_url("**/account/lock/?next=%2Fpatients%2F")
    assert page.get_by_text("Wanda Winter is signed in here.").is_visible()
    page.goto(f"{address}/notes/")
    assert "/account/lock/" in page.url
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_url(f"{address}/notes/")
    assert problems == []
