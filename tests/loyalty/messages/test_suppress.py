"""The do-not-contact list, by hand: adding to it, and taking off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.messages.lift import lift
from loyalty.messages.receive import receive
from loyalty.messages.suppress import suppress
from loyalty.models import Suppression
from tests.loyalty.messages.conftest import PHONE

ME = uuid7()
OURS = "+15035550100"


@pytest.fixture
def listed(in_aurora, now):
    """listed(): Marguerite asked on the phone to be left alone."""
    return lambda given="(503) 555-0148", kind="phone", at=now: suppress(
        kind=kind, given=given, note="on the phone", by_person_id=ME, now=at
    )


def take_off(held, *, because="She called and asked for it", at):
    return lift(suppression_id=held.id, because=because, by_person_id=ME, now=at)


def test_what_waits_is_called_off_and_nothing_more_goes_out(patient, write, send, listed):
    waiting = write(patient)
    held = listed()
    assert (held.reason, held.note, held.by_person_id, held.veiled) == ("asked", "on the phone", ME, "ends in 48")
    assert send(waiting).state == "cancelled"
    assert write(patient).rule == "suppressed"


@pytest.mark.parametrize(
    ("kind", "given", "field"), [("phone", "911", "given"), ("email", "ana", "given"), ("fax", "1", "kind")]
)
def test_what_is_no_address_is_refused(listed, kind, given, field):
    with pytest.raises(DomainError) as caught:
        listed(given, kind)
    assert caught.value.field == field


def test_what_we_wrote_down_ourselves_may_be_lifted_for_a_reason(patient, write, listed, now):
    held = listed()
    lifted = take_off(held, at=now)
    assert (lifted.lifted_because, lifted.lifted_by_person_id) == ("She called and asked for it", ME)
    assert write(patient).state == "queued"


def test_without_a_reason_it_stays(listed, now):
    held = listed()
    with pytest.raises(DomainError) as caught:
        take_off(held, because="  ", at=now)
    assert caught.value.field == "because"
    assert Suppression.objects.get().lifted_at is None


def test_a_stop_is_lifted_only_by_a_consent_given_after_it(patient, agree, write, now):
    receive(provider_id="SM1", sender=PHONE, recipient=OURS, body="STOP", answered=False, now=now)
    held = Suppression.objects.get()
    with pytest.raises(DomainError) as caught:
        take_off(held, at=now + timedelta(hours=1))
    assert caught.value.code == "lift_needs_consent"
    consent = agree(patient, now=now + timedelta(hours=2))
    assert write(patient, at=now + timedelta(hours=2)).rule == "suppressed"
    assert take_off(held, at=now + timedelta(hours=3)).consent == consent
    assert write(patient, at=now + timedelta(hours=3)).state == "queued"


def test_a_consent_of_before_lifts_nothing(make_patient, agree, location, now):
    """The number was nobody's when the STOP came; who has it now agreed long ago, by another number."""
    receive(provider_id="SM1", sender="+15035550190", recipient=OURS, body="STOP", answered=False, now=now)
    agree(make_patient("Lena Later", phones=["(503) 555-0190"]), now=now - timedelta(days=30))
    with pytest.raises(DomainError):
        take_off(Suppression.objects.get(), at=now + timedelta(hours=1))


def test_a_consent_taken_back_again_lifts_nothing(patient, agree, now):
    receive(provider_id="SM1", sender=PHONE, recipient=OURS, body="STOP", answered=False, now=now)
    agree(patient, now=now + timedelta(hours=1))
    agree(patient, granted=False, now=now + timedelta(hours=2))
    with pytest.raises(DomainError):
        take_off(Suppression.objects.get(), at=now + timedelta(hours=3))


def test_a_consent_for_email_lifts_no_number(patient, agree, now):
    receive(provider_id="SM1", sender=PHONE, recipient=OURS, body="STOP", answered=False, now=now)
    agree(patient, channel="email", now=now + timedelta(hours=1))
    with pytest.raises(DomainError):
        take_off(Suppression.objects.get(), at=now + timedelta(hours=3))


def test_lifted_is_lifted_and_unknown_is_not_found(listed, now):
    held = listed()
    take_off(held, at=now)
    with pytest.raises(Conflict):
        take_off(held, at=now)
    with pytest.raises(NotFound):
        lift(suppression_id=uuid7(), because="x", by_person_id=ME, now=now)


def test_the_database_lets_nobody_delete_or_rewrite_an_entry(listed):
    listed()
    for change in (
        lambda: Suppression.objects.all().delete(),
        lambda: Suppression.objects.update(address_hash="0" * 64),
        lambda: Suppression.objects.update(reason="asked", note="never mind"),
    ):
        with pytest.raises(IntegrityError, match="history"), transaction.atomic():
            change()


def test_the_database_lifts_an_entry_once(listed, now):
    take_off(listed(), at=now)
    with pytest.raises(IntegrityError, match="history"), transaction.atomic():
        Suppression.objects.update(lifted_at=None, lifted_because="")
