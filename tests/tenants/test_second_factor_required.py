"""Without a second factor every page leads to where one is set up, and nothing else opens."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from core.crypto import decrypt
from tenants.models import Membership, Session
from tests.apps import code_at
from tests.permissions.roles import KIOSK, PUBLIC
from tests.permissions.table import MAY_OPEN
from tests.permissions.test_every_address_of_every_host import wrong_answers
from tests.places import client_of
from tests.tenants.second_factor import type_code, type_password

SET_UP = "/account/second-factor/"
# What somebody needs who has none yet.
ON_THE_WAY = {
    "account_second_factor",
    "account_totp",
    "account_passkey_new",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_lock",
    "account_unlock",
    "account_seen",
}


@pytest.fixture
def without(person):
    """without("Frank", at="aurora") → a client whose person has a password and no second factor."""

    def one(first_name, *, at):
        Authenticator.objects.filter(user=person(first_name)).delete()
        return client_of(person(first_name), at=at, second_factor=False)

    return one


@pytest.mark.parametrize("name", ["Olivia", "Martin", "Priya", "Frank"])
def test_nothing_of_a_practice_opens(without, ids, name):
    def right(address, answer):
        if MAY_OPEN["practice"][address.name] in (PUBLIC, KIOSK) or address.name in ON_THE_WAY:
            return answer.changes == []
        return answer.changes == [] and (answer.status, answer.leads_to.partition("?")[0]) == (302, SET_UP)

    assert wrong_answers(without(name, at="aurora"), "practice", ids, right) == []


@pytest.mark.parametrize("name", ["Nora", "Ana"])
def test_nothing_of_the_network_opens(without, ids, name):
    def right(address, answer):
        if MAY_OPEN["network"][address.name] == PUBLIC or address.name in ON_THE_WAY:
            return answer.changes == []
        return answer.changes == [] and (answer.status, answer.leads_to.partition("?")[0]) == (302, SET_UP)

    assert wrong_answers(without(name, at=""), "network", ids, right) == []


def test_a_demo_may_do_without(without, settings):
    settings.SECOND_FACTOR = False
    client = without("Frank", at="aurora")
    assert client.get("/notes/").status_code == 200
    # Recovery codes stand in for a factor, and there is none.
    answer = client.post("/account/second-factor/recovery-codes/")
    assert answer.status_code == 409
    assert "Set up an authenticator app or a passkey first" in answer.content.decode()


def test_a_session_from_before_must_show_the_factor_that_was_set_up_elsewhere(person):
    old = client_of(person("Frank"), at="aurora", second_factor=False)
    assert old.get("/notes/").headers["Location"] == "/account/confirm/code/?next=%2Fnotes%2F"
    answer = old.post("/account/confirm/code/?next=/notes/", {"code": code_at(timezone.now())})
    assert answer.headers["Location"] == "/notes/"
    assert old.get("/notes/").status_code == 200


class TestSettingUpAnApp:
    @pytest.fixture(autouse=True)
    def _today(self, now):
        with time_machine.travel(now, tick=False) as clock:
            yield clock

    @pytest.fixture
    def frank(self, without):
        return without("Frank", at="aurora")

    def test_the_app_is_proved_by_its_code_and_the_page_opens(self, frank, person, now):
        secret = secret_on(frank.get("/account/second-factor/app/?next=/notes/"))
        page = frank.post(
            "/account/second-factor/app/", {"code": code_at(now, secret=secret), "next": "/notes/"}
        ).content.decode()
        assert len(re.findall(r"<li>\d{4} \d{4}</li>", page)) == 10
        assert 'href="/notes/"' in page
        assert frank.get("/notes/").status_code == 200
        assert decrypt(Authenticator.objects.get(user=person("Frank"), type="totp").data["secret"]) == secret

    def test_a_wrong_code_sets_up_nothing_and_the_key_stays(self, frank, person):
        secret = secret_on(frank.get("/account/second-factor/app/"))
        answer = frank.post("/account/second-factor/app/", {"code": "000000"})
        assert answer.status_code == 422
        assert secret_on(answer) == secret
        assert not Authenticator.objects.filter(user=person("Frank")).exists()

    def test_until_then_the_key_is_encrypted_in_the_session(self, frank):
        secret = secret_on(frank.get("/account/second-factor/app/"))
        stored = Session.objects.get(session_key=frank.session.session_key)
        assert secret not in str(frank.session["second_factor.pending"])
        assert decrypt(stored.get_decoded()["second_factor.pending"]) == secret

    def test_the_code_that_proved_it_does_not_sign_in(self, frank, stranger_client, now):
        secret = secret_on(frank.get("/account/second-factor/app/"))
        code = code_at(now, secret=secret)
        frank.post("/account/second-factor/app/", {"code": code})
        door = stranger_client("aurora")
        type_password(door, "Frank")
        assert type_code(door, code).status_code == 200

    def test_there_is_one_app(self, sign_in, now):
        client = sign_in("Priya", at="aurora")
        secret = secret_on(client.get("/account/second-factor/app/"))
        answer = client.post("/account/second-factor/app/", {"code": code_at(now, secret=secret)})
        assert answer.status_code == 422
        assert "Remove it first" in answer.content.decode()

    def test_recovery_codes_are_shown_once_and_each_opens_once(self, frank, stranger_client, now):
        secret = secret_on(frank.get("/account/second-factor/app/"))
        page = frank.post("/account/second-factor/app/", {"code": code_at(now, secret=secret)}).content.decode()
        code = re.search(r"<li>(\d{4} \d{4})</li>", page)[1]
        for right in (True, False):
            door = stranger_client("aurora")
            type_password(door, "Frank")
            assert (type_code(door, code).status_code == 302) == right
        assert "9 of 10 left" in frank.get("/account/security/").content.decode()
        assert code not in frank.get("/account/security/").content.decode()


class TestChangingFactors:
    def test_it_is_confirmed_first(self, sign_in):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            client = sign_in("Frank", at="aurora")
            clock.shift(6 * 60)
            for path in ("app/removal/", "recovery-codes/"):
                answer = client.post(f"/account/second-factor/{path}", {"back": "/account/security/"})
                assert answer.headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Fsecurity%2F"
            assert client.get("/account/pin/").headers["Location"].startswith("/account/reauthenticate/")
            assert client.get("/account/second-factor/passkeys/new/").status_code == 302

    def test_without_the_last_one_nothing_opens(self, sign_in):
        client = sign_in("Frank", at="aurora")
        client.post("/account/second-factor/app/removal/")
        assert client.get("/notes/").headers["Location"].startswith(SET_UP)
        assert not Authenticator.objects.filter(user__email="frank@example.com").exists()

    def test_new_recovery_codes_end_the_old_ones(self, sign_in, person, stranger_client):
        client = sign_in("Frank", at="aurora")
        old, new = (
            re.search(
                r"<li>(\d{4} \d{4})</li>", client.post("/account/second-factor/recovery-codes/").content.decode()
            )[1]
            for _time in range(2)
        )
        for code, right in ((old, False), (new, True)):
            door = stranger_client("aurora")
            type_password(door, "Frank")
            assert (type_code(door, code).status_code == 302) == right


def test_the_hand_over_carries_how_somebody_signed_in(person, borealis, stranger_client):
    Membership.objects.create(person=person("Olivia"), practice_id=borealis.id, role="manager")
    for strong in (True, False):
        client = client_of(person("Olivia"), at="aurora", second_factor=strong)
        if strong:
            page = client.post(f"/account/practices/{borealis.id}/").content.decode()
            ticket = re.search(r"/account/enter/\?ticket=[\w-]+", page)[0]
            there = stranger_client("borealis")
            there.get(ticket)
            assert there.get("/notes/").status_code == 200
            was, now_there = client.session.binding, there.session.binding
            assert (was.second_factor_at, was.signed_in_at) == (now_there.second_factor_at, now_there.signed_in_at)
        else:
            assert client.post(f"/account/practices/{borealis.id}/").status_code == 302


def secret_on(page):
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")
