"""A code of an app is good once, wherever it is typed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from core.crypto import decrypt, encrypt
from tenants.models import Membership
from tenants.second_factor.totp import matching_step, step_at, use_code
from tests.apps import code_at
from tests.cast import TOTP_SECRET
from tests.tenants.second_factor import type_code, type_password


@pytest.fixture(autouse=True)
def today(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def olivia(person, borealis):
    """Olivia works at both practices and for the network."""
    olivia = person("Olivia")
    Membership.objects.create(person=olivia, practice_id=borealis.id, role="manager")
    olivia.network_role = "network_admin"
    olivia.save()
    return olivia


@pytest.mark.parametrize("elsewhere", ["aurora", "borealis", ""])
def test_a_code_used_at_one_host_is_refused_at_every_other(stranger_client, olivia, elsewhere, today):
    first, second = stranger_client("aurora"), stranger_client(elsewhere)
    for client in (first, second):
        assert type_password(client, "Olivia").headers["Location"].startswith("/account/code/")
    assert type_code(first).headers["Location"] == "/"
    replayed = type_code(second)
    assert replayed.status_code == 200
    assert "Wait for the next code" in replayed.content.decode()
    today.shift(30)
    assert type_code(second).headers["Location"] == "/"


def test_a_code_outlives_no_tolerance(olivia, now):
    """As long as the clock's tolerance would still take it, it is remembered as used."""
    code = code_at(now, steps=1)
    assert use_code(person_id=olivia.id, code=code, now=now)
    for seconds in (0, 30, 59):
        assert use_code(person_id=olivia.id, code=code, now=now + timedelta(seconds=seconds)) is None


def test_a_code_older_than_a_used_one_is_refused(olivia, now):
    assert use_code(person_id=olivia.id, code=code_at(now), now=now)
    assert use_code(person_id=olivia.id, code=code_at(now, steps=-1), now=now) is None
    assert use_code(person_id=olivia.id, code=code_at(now, steps=1), now=now)


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(now, steps, good):
    step = matching_step(secret=TOTP_SECRET, code=code_at(now, steps=steps), now=now)
    assert step == (step_at(now) + steps if good else None)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    """Appendix B, SHA-1, the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_at(datetime.fromtimestamp(seconds, UTC), secret=secret) == code


def test_what_an_app_knows_is_encrypted(olivia):
    kept = Authenticator.objects.get(user=olivia).data["secret"]
    assert TOTP_SECRET not in kept
    assert decrypt(kept) == TOTP_SECRET


def test_the_app_of_somebody_else_opens_nothing(person, now):
    other = "KRSXG5CTMVRXEZLUKN2XAZLSKNSWG4TF"
    Authenticator.objects.filter(user=person("Bella")).update(data={"secret": encrypt(other)})
    assert use_code(person_id=person("Olivia").id, code=code_at(now, secret=other), now=now) is None
    assert use_code(person_id=person("Sam").id, code=code_at(now, secret=other), now=now) is None
