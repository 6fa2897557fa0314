"""A tablet is enrolled in settings, with a code that it brings, and whoever was signed in on it is signed out."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import Kiosk
from loyalty.patients.enrol import enrol
from tenants.models import Practice, Session
from tenants.tablet import cookie_name


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def made(sign_in, words):
    """made() → the page that shows the code, of a new tablet called Room 2."""

    def make():
        page = sign_in("Martin", at="aurora").post("/settings/kiosks/new/", {"name": "Room 2", "location_id": place()})
        assert page.status_code == 200
        return page

    def place():
        client = sign_in("Martin", at="aurora")
        return re.search(r'name="location_id" value="([^"]+)"', client.get("/settings/kiosks/new/").content.decode())[1]

    return make


def link_on(page):
    return re.search(r'href="https?://[^/"]+(/kiosk/enrollment/[^"]+)"', page.content.decode())[1]


def code_on(page):
    return link_on(page).split("/")[3]


@pytest.fixture
def browser():
    return Client(SERVER_NAME="aurora.perennial.localhost")


def test_the_code_is_shown_once_with_a_drawing_and_a_link(made, words, sign_in):
    page = made()
    code = code_on(page)
    assert f"{code[:5]}-{code[5:]}" in words(page)
    assert 'aria-label="QR code of the link beside it"' in page.content.decode()
    assert code not in sign_in("Martin", at="aurora").get("/settings/kiosks/").content.decode()


def test_opening_the_link_uses_nothing_up_and_pressing_the_button_enrolls(made, browser, aurora):
    page = made()
    assert browser.get(link_on(page)).status_code == 200
    answer = browser.post("/kiosk/enrollment/", {"code": code_on(page)})
    assert answer.headers["Location"] == "/kiosk/"
    cookie = answer.cookies[cookie_name()]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Strict", "/", "")
    assert cookie["max-age"] > 365 * 24 * 3600
    assert browser.get("/kiosk/").status_code == 200
    with practice_scope(aurora):
        kiosk = Kiosk.objects.get()
        assert (kiosk.name, kiosk.is_enrolled) == ("Room 2", True)
        assert cookie.value not in str(Kiosk.objects.values().get())


def test_over_https_the_cookie_is_kept_to_its_host_and_sent_by_https_alone(made, browser, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = browser.post("/kiosk/enrollment/", {"code": code_on(made())})
    cookie = answer.cookies["__Host-kiosk"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_a_code_works_once_and_a_wrong_one_says_the_same(made, browser, words):
    page = made()
    browser.post("/kiosk/enrollment/", {"code": code_on(page)})
    used = browser.post("/kiosk/enrollment/", {"code": code_on(page)})
    wrong = browser.post("/kiosk/enrollment/", {"code": "2345678923"})
    assert used.status_code == wrong.status_code == 422
    assert "This code does not work." in words(used)
    assert words(used).replace(code_on(page), "") == words(wrong).replace("2345678923", "")


def test_after_a_quarter_of_an_hour_it_works_no_more(made, browser, now):
    page = made()
    with time_machine.travel(now + timedelta(minutes=15), tick=False):
        assert browser.post("/kiosk/enrollment/", {"code": code_on(page)}).status_code == 422


def test_programs_that_try_codes_are_slowed_down(aurora, browser, words):
    answers = [browser.post("/kiosk/enrollment/", {"code": f"23456789{n:02d}"}) for n in range(11)]
    assert "Too many tries" not in words(answers[9])
    assert "Too many tries" in words(answers[10])


def test_whoever_was_signed_in_on_it_is_signed_out(made, sign_in, aurora):
    page = made()
    frank = sign_in("Frank", at="aurora")
    assert frank.get("/patients/").status_code == 200
    before = Session.objects.count()
    frank.post("/kiosk/enrollment/", {"code": code_on(page)})
    assert Session.objects.count() == before - 1
    assert frank.get("/patients/").headers["Location"].startswith("/account/login/")
    assert frank.get("/kiosk/").status_code == 200
    with practice_scope(aurora):
        assert Entry.objects.get(verb="session.ended").detail == {"because": "kiosk"}


def test_a_revoked_tablet_is_told_so_and_loses_its_cookie(made, browser, sign_in, aurora, words):
    browser.post("/kiosk/enrollment/", {"code": code_on(made())})
    with practice_scope(aurora):
        kiosk = Kiosk.objects.get()
    answer = sign_in("Olivia", at="aurora").post(f"/settings/kiosks/{kiosk.id}/revocation/")
    assert answer.headers["Location"] == "/settings/kiosks/?said=kiosk-revoked"
    gone = browser.get("/kiosk/")
    assert (gone.status_code, gone.cookies[cookie_name()].value) == (410, "")
    assert "off duty" in words(gone)


def test_a_tablet_of_a_practice_that_is_paused_opens_nothing(made, browser, aurora):
    browser.post("/kiosk/enrollment/", {"code": code_on(made())})
    Practice.objects.filter(id=aurora.id).update(status="suspended")
    assert browser.get("/kiosk/").status_code == 410


def test_the_network_host_has_no_tablets(made):
    assert Client(SERVER_NAME="perennial.localhost").get("/kiosk/").status_code == 404


def test_what_a_tablet_shows_before_a_visit_opens_is_nobody(made, browser, inside_patient, words):
    browser.post("/kiosk/enrollment/", {"code": code_on(made())})
    assert inside_patient not in browser.get("/kiosk/").content.decode()


@pytest.fixture
def inside_patient(aurora, now):
    with practice_scope(aurora):
        enrol(given_name="Marguerite", family_name="Ellison", now=now)
    return "Marguerite"
