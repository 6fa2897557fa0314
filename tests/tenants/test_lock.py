"""A desk that others share: it locks by itself, its person's PIN opens it, and guessing ends the session."""

from datetime import timedelta

import pytest
import time_machine

from core.audit.models import Entry
from core.errors import DomainError
from core.tenancy.scope import practice_scope
from tenants.models import Session
from tenants.sessions import lock
from tests.permissions.roles import KIOSK, PUBLIC
from tests.permissions.table import MAY_OPEN
from tests.permissions.test_every_address_of_every_host import wrong_answers
from tests.tenants.test_pin import give_pin

PIN = "2580"
LOCKED = "/account/lock/?next=%2Fnotes%2F"
# What a locked desk offers.
AT_THE_LOCK = {"account_lock", "account_unlock"}


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def frank(sign_in, person):
    give_pin(person("Frank"), PIN)
    return sign_in("Frank", at="aurora")


def unlock(client, pin=PIN):
    return client.post("/account/lock/opening/", {"pin": pin, "next": "/notes/"})


def test_ten_minutes_without_a_touch_lock_it(frank, clock):
    clock.shift(timedelta(minutes=9, seconds=59))
    assert frank.get("/notes/").status_code == 200
    clock.shift(timedelta(minutes=10))
    assert frank.get("/notes/").headers["Location"] == LOCKED
    page = frank.get(LOCKED).content.decode()
    assert "Frank Ford is signed in here" in page
    assert "Marguerite" not in page


def test_use_that_asks_for_no_page_keeps_it_open(frank, clock):
    for _time in range(3):
        clock.shift(timedelta(minutes=9))
        assert frank.post("/account/seen/").status_code == 204
    assert frank.get("/notes/").status_code == 200


def test_how_long_is_a_setting(frank, clock, settings):
    settings.IDLE_LOCK_MINUTES = 3
    clock.shift(timedelta(minutes=3))
    assert frank.get("/notes/").headers["Location"] == LOCKED


def test_it_is_locked_at_once_when_asked(frank):
    assert frank.post("/account/lock/", {"back": "/notes/?mine"}).headers["Location"] == LOCKED
    assert frank.get("/notes/").headers["Location"] == LOCKED


def test_locked_nothing_opens_and_nothing_is_done(frank, ids):
    frank.post("/account/lock/")

    def right(address, answer):
        if MAY_OPEN["practice"][address.name] in (PUBLIC, KIOSK) or address.name in AT_THE_LOCK:
            return answer.changes == []
        to_lock = (answer.status, answer.leads_to.partition("?")[0]) == (302, "/account/lock/")
        return answer.changes == [] and to_lock

    assert wrong_answers(frank, "practice", ids, right) == []


def test_the_way_back_carries_nothing_that_was_searched_for(frank):
    frank.post("/account/lock/")
    assert frank.get("/patients/?q=Lindgren").headers["Location"] == "/account/lock/?next=%2Fpatients%2F"


def test_the_pin_opens_it_and_leads_back(frank):
    frank.post("/account/lock/")
    assert unlock(frank).headers["Location"] == "/notes/"
    assert frank.get("/notes/").status_code == 200


def test_it_leads_to_no_other_host(frank):
    frank.post("/account/lock/")
    answer = frank.post("/account/lock/opening/", {"pin": PIN, "next": "https://evil.example.com/"})
    assert answer.headers["Location"] == "/"


def test_a_wrong_pin_says_how_many_tries_are_left(frank):
    frank.post("/account/lock/")
    answer = unlock(frank, "0852")
    assert answer.status_code == 422
    assert "4 more tries" in answer.content.decode()
    assert frank.get("/notes/").headers["Location"] == LOCKED


def test_five_wrong_pins_end_the_session(frank, person):
    frank.post("/account/lock/")
    for _time in range(4):
        assert unlock(frank, "0852").status_code == 422
    assert unlock(frank, "0852").headers["Location"] == "/account/login/?next=%2Fnotes%2F&ended=1"
    assert not Session.objects.filter(person=person("Frank")).exists()
    assert unlock(frank).headers["Location"].startswith("/account/login/")
    assert frank.get("/notes/").headers["Location"] == "/account/login/?next=/notes/"


def test_the_fifth_wrong_pin_ends_it_in_the_database_whatever_the_page_does(frank, aurora, now):
    session = frank.session.stored
    for tries_left in (4, 3, 2, 1):
        with pytest.raises(DomainError, match=f"{tries_left} more"):
            lock.unlock(handle=session.handle, pin="0852", practice=aurora, now=now)
    with pytest.raises(lock.SessionEnded):
        lock.unlock(handle=session.handle, pin="0852", practice=aurora, now=now)
    assert not Session.objects.filter(handle=session.handle).exists()


def test_a_right_pin_forgives_the_wrong_ones(frank):
    for _time in range(2):
        frank.post("/account/lock/")
        for _wrong in range(4):
            unlock(frank, "0852")
        assert unlock(frank).status_code == 303


def test_a_wrong_pin_locks_nobody_out_elsewhere(frank, sign_in):
    elsewhere = sign_in("Frank", at="aurora")
    frank.post("/account/lock/")
    for _time in range(5):
        unlock(frank, "0852")
    assert elsewhere.get("/notes/").status_code == 200


def test_the_pin_of_somebody_else_does_not_open_it(frank, person):
    give_pin(person("Priya"), "7391")
    frank.post("/account/lock/")
    assert unlock(frank, "7391").status_code == 422


def test_without_a_pin_one_signs_in_again(sign_in):
    priya = sign_in("Priya", at="aurora")
    priya.post("/account/lock/")
    page = priya.get(LOCKED).content.decode()
    assert "Your PIN" not in page
    assert 'name="next" value="/account/login/?next=%2Fnotes%2F"' in page
    assert unlock(priya, "").status_code == 422
    answer = priya.post("/account/logout/", {"next": "/account/login/?next=%2Fnotes%2F"})
    assert answer.headers["Location"] == "/account/login/?next=%2Fnotes%2F"
    assert priya.get("/notes/").headers["Location"].startswith("/account/login/")


def test_an_open_desk_has_no_lock_to_show(frank):
    assert frank.get(LOCKED).headers["Location"] == "/notes/"


def test_locking_and_opening_are_in_the_practices_trail(frank, aurora, clock):
    clock.shift(timedelta(minutes=10))
    frank.get("/notes/")
    unlock(frank, "0852")
    unlock(frank)
    with practice_scope(aurora):
        entries = Entry.objects.filter(verb__startswith="session.")
        written = {(one.verb, one.outcome, one.detail.get("idle"), one.detail.get("tries_left")) for one in entries}
    assert written == {
        ("session.locked", "done", True, None),
        ("session.unlocked", "denied", None, 4),
        ("session.unlocked", "done", None, None),
    }
