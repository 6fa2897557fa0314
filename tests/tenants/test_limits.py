"""Guessing is stopped where it comes from. The right person, elsewhere, is not."""

import pytest
import time_machine

from tenants.limits import network_of
from tenants.models import Membership
from tests.apps import code_at
from tests.cast import PASSWORD
from tests.tenants.second_factor import type_code, type_password

ATTACKER, HOME = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.9"}
TOO_MANY = "Too many tries"


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


def guess_passwords(client, times, **where):
    return [TOO_MANY in type_password(client, "Olivia", "wrong", **where).content.decode() for _time in range(times)]


def test_the_sixth_wrong_password_from_one_address_is_not_even_looked_at(stranger_client):
    door = stranger_client("aurora")
    assert guess_passwords(door, 6, **ATTACKER) == [False] * 5 + [True]
    # Not even the right one: otherwise guessing would go on.
    assert TOO_MANY in type_password(door, "Olivia", **ATTACKER).content.decode()


def test_the_right_person_gets_in_from_another_address(stranger_client):
    guess_passwords(stranger_client("aurora"), 8, **ATTACKER)
    door = stranger_client("aurora")
    assert type_password(door, "Olivia", **HOME).status_code == 302
    assert type_code(door, **HOME).headers["Location"] == "/"


def test_others_get_in_from_the_same_address(stranger_client):
    door = stranger_client("aurora")
    guess_passwords(door, 6, **ATTACKER)
    assert type_password(door, "Frank", **ATTACKER).status_code == 302


def test_trying_at_many_hosts_gives_no_more_tries(stranger_client, person, borealis):
    Membership.objects.create(person=person("Olivia"), practice_id=borealis.id, role="manager")
    doors = [stranger_client(at) for at in ("aurora", "borealis", "")]
    tried = [guess_passwords(doors[number % 3], 1, **ATTACKER)[0] for number in range(9)]
    assert tried == [False] * 5 + [True] * 4


def test_writing_the_address_differently_gives_no_more_tries(stranger_client):
    door = stranger_client("aurora")
    guess_passwords(door, 5, **ATTACKER)
    answer = door.post("/account/login/", {"login": " OLIVIA@example.com ", "password": PASSWORD}, **ATTACKER)
    assert TOO_MANY in answer.content.decode()


def test_after_five_minutes_it_is_open_again(stranger_client, clock):
    door = stranger_client("aurora")
    guess_passwords(door, 6, **ATTACKER)
    clock.shift(5 * 60)
    assert type_password(door, "Olivia", **ATTACKER).status_code == 302


def test_one_address_has_fifty_tries_over_all_accounts(stranger_client):
    door = stranger_client("aurora")
    for number in range(50):
        door.post("/account/login/", {"login": f"nobody{number}@example.com", "password": "wrong"}, **ATTACKER)
    assert TOO_MANY in type_password(door, "Frank", **ATTACKER).content.decode()
    assert type_password(door, "Frank", **HOME).status_code == 302


def test_right_passwords_use_up_no_tries(stranger_client):
    for _time in range(8):
        assert type_password(stranger_client("aurora"), "Olivia", **HOME).status_code == 302


class TestCodes:
    def test_the_sixth_wrong_one_from_one_address_is_not_even_looked_at(self, stranger_client, now):
        door = stranger_client("aurora")
        type_password(door, "Olivia", **ATTACKER)
        for _time in range(5):
            assert TOO_MANY not in type_code(door, "000000", **ATTACKER).content.decode()
        assert TOO_MANY in type_code(door, code_at(now), **ATTACKER).content.decode()

    def test_signing_in_anew_gives_no_more_tries_nor_does_another_host(self, stranger_client, person, borealis, now):
        Membership.objects.create(person=person("Olivia"), practice_id=borealis.id, role="manager")
        for at in ("aurora", "borealis", "", "aurora", "borealis"):
            door = stranger_client(at)
            type_password(door, "Olivia", **ATTACKER)
            assert TOO_MANY not in type_code(door, "000000", **ATTACKER).content.decode()
        door = stranger_client("aurora")
        type_password(door, "Olivia", **ATTACKER)
        assert TOO_MANY in type_code(door, code_at(now), **ATTACKER).content.decode()

    def test_the_right_person_gets_in_from_another_address(self, stranger_client):
        door = stranger_client("aurora")
        type_password(door, "Olivia", **ATTACKER)
        for _time in range(6):
            type_code(door, "000000", **ATTACKER)
        home = stranger_client("aurora")
        type_password(home, "Olivia", **HOME)
        assert type_code(home, **HOME).headers["Location"] == "/"


def test_made_up_passkeys_lock_nobody_out_of_their_own(stranger_client, person):
    door = stranger_client("aurora")
    type_password(door, "Olivia", **ATTACKER)
    for _time in range(8):
        answer = door.post("/account/code/", {"credential": "{}"}, **ATTACKER)
        assert TOO_MANY not in answer.content.decode()
    assert type_code(door, **ATTACKER).headers["Location"] == "/"


class TestBehindAProxy:
    """The proxy writes the last address; whatever stands before it came with the request."""

    def test_made_up_addresses_give_no_more_tries(self, stranger_client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        door = stranger_client("aurora")
        said = []
        for number in range(6):
            hops = {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}, 203.0.113.7", "REMOTE_ADDR": "10.0.0.1"}
            said += guess_passwords(door, 1, **hops)
        assert said == [False] * 5 + [True]

    def test_people_behind_it_are_told_apart(self, stranger_client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        proxy = {"REMOTE_ADDR": "10.0.0.1"}
        guess_passwords(stranger_client("aurora"), 6, HTTP_X_FORWARDED_FOR="203.0.113.7", **proxy)
        home = type_password(stranger_client("aurora"), "Olivia", HTTP_X_FORWARDED_FOR="198.51.100.9", **proxy)
        assert home.status_code == 302

    def test_without_one_the_header_is_not_believed(self, stranger_client):
        door = stranger_client("aurora")
        said = [guess_passwords(door, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}", **ATTACKER)[0] for n in range(6)]
        assert said == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
    ],
)
def test_what_one_can_change_at_will_counts_as_one(address, network):
    assert network_of(address) == network
