"""What happens to sign-ins is written down: in the trail of the practice it happens at, else in the network's."""

import re

import pytest
import time_machine

from core.audit.models import Entry
from core.models import NetworkEntry
from core.tenancy.scope import practice_scope
from tests.apps import code_at
from tests.cast import PASSWORD, email
from tests.tenants.second_factor import type_code, type_password


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def in_practice(aurora):
    def read():
        with practice_scope(aurora):
            return {(one.verb, one.outcome, one.asker_id) for one in Entry.objects.all()}

    return read


def in_network():
    return {(one.verb, one.outcome, one.asker_id, one.subject_id) for one in NetworkEntry.objects.all()}


def test_signing_in_and_out_at_a_practice(stranger_client, person, in_practice):
    door = stranger_client("aurora")
    type_password(door, "Frank")
    assert ("session.begun", "done", person("Frank").id) not in in_practice()
    type_code(door)
    assert ("session.begun", "done", person("Frank").id) in in_practice()
    door.post("/account/logout/")
    assert ("session.ended", "done", person("Frank").id) in in_practice()


def test_signing_in_at_the_network(stranger_client, person):
    door = stranger_client("")
    type_password(door, "Nora")
    type_code(door)
    assert ("session.begun", "done", person("Nora").id, None) in in_network()


@pytest.mark.parametrize("at", ["aurora", ""])
def test_a_refused_sign_in_names_whose_account_it_was_and_nothing_that_was_typed(stranger_client, person, at):
    type_password(stranger_client(at), "Olivia", "not the pass-phrase", REMOTE_ADDR="203.0.113.7")
    entry = NetworkEntry.objects.get(verb="session.begun")
    assert (entry.outcome, entry.asker_id, entry.subject_id) == ("denied", None, person("Olivia").id)
    assert entry.address == "203.0.113.7"
    assert "phrase" not in str(entry.__dict__)


def test_a_refused_sign_in_of_nobody_names_nobody(stranger_client):
    stranger_client("aurora").post("/account/login/", {"login": "someone@example.com", "password": "wrong"})
    entry = NetworkEntry.objects.get(verb="session.begun")
    assert (entry.outcome, entry.subject_id) == ("denied", None)
    assert "someone" not in str(entry.__dict__)


def test_a_wrong_code(stranger_client, person):
    door = stranger_client("aurora")
    type_password(door, "Olivia")
    type_code(door, "000000")
    assert ("factor.used", "denied", None, person("Olivia").id) in in_network()


def test_factors_pins_and_passwords_that_change(sign_in, person, in_practice, now):
    frank = sign_in("Frank", at="aurora")
    new = "three unrelated words"
    frank.post("/account/second-factor/recovery-codes/")
    frank.post("/account/pin/", {"pin": "2580", "again": "2580"})
    frank.post("/account/pin/removal/")
    frank.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    frank.post("/account/second-factor/app/removal/")
    page = frank.get("/account/second-factor/app/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    frank.post("/account/second-factor/app/", {"code": code_at(now, secret=secret)})
    verbs = {verb for verb, outcome, who in in_practice() if (outcome, who) == ("done", person("Frank").id)}
    assert verbs >= {
        "recovery_codes.renewed",
        "pin.changed",
        "pin.removed",
        "password.changed",
        "factor.removed",
        "factor.added",
    }


def test_a_password_reset_by_mail(stranger_client, person, mailoutbox):
    door = stranger_client("aurora")
    door.post("/account/password/reset/", {"email": email("Frank")})
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", mailoutbox[0].body)[1]
    page = door.get(link, follow=True)
    door.post(page.request["PATH_INFO"], {"password1": "three unrelated words", "password2": "three unrelated words"})
    assert ("password.changed", "done", person("Frank").id, None) in in_network()
