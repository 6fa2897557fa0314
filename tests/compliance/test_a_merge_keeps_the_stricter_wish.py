"""Two records of one person become one: whatever one of them refused stays refused, also when it is taken back."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Consent, ContactPoint, Patient
from loyalty.patients.enrol import enrol
from loyalty.patients.merging.merge import merge
from loyalty.patients.merging.undo import undo_merge
from loyalty.patients.reach import mail_allowed, newest_consents
from loyalty.patients.restrictions import is_restricted
from loyalty.record_requests.answer import accept
from loyalty.record_requests.note import note_request
from loyalty.touchpoints.channel import channel_for

NUMBER = "(503) 555-0148"


@pytest.fixture
def two(in_aurora, now):
    return [enrol(given_name=name, family_name="Ellison", phones=[NUMBER], now=now) for name in ("Marguerite", "Margo")]


@pytest.fixture(params=[False, True], ids=["said by the survivor", "said by the merged record"])
def pair(two, request):
    """(who said it, who did not); the survivor is either of them."""
    return two[::-1] if request.param else two


@pytest.fixture
def become_one(two, now):
    """The first of the two survives, and is returned as it is then."""

    def merged():
        merge(patient_id=two[0].id, merged_id=two[1].id, take=(), by_person_id=None, now=now)
        return Patient.objects.get(id=two[0].id)

    return merged


def say(patient, *, channel, granted, at):
    answer(
        patient_id=patient.id,
        channel=channel,
        purpose="visits",
        granted=granted,
        source="told us",
        version=VERSION,
        by_person_id=None,
        now=at,
    )


@pytest.mark.parametrize("wish", ["no_contact", "no_voicemail", "not_at_home", "plain_envelope", "deceased"])
def test_a_wish_of_one_is_the_wish_of_both(pair, become_one, wish):
    Patient.objects.filter(id=pair[0].id).update(**{wish: True})
    assert getattr(become_one(), wish) is True


def test_a_plain_envelope_of_one_opens_no_home_that_the_other_shut(pair, become_one):
    Patient.objects.filter(id=pair[0].id).update(plain_envelope=True)
    Patient.objects.filter(id=pair[1].id).update(not_at_home=True)
    assert not mail_allowed(become_one())


@pytest.mark.parametrize("channel", ["text", "email", "call", "letter"])
def test_a_no_of_one_outweighs_a_later_yes_of_the_other(pair, become_one, channel, now):
    say(pair[0], channel=channel, granted=False, at=now - timedelta(days=9))
    say(pair[1], channel=channel, granted=True, at=now - timedelta(days=1))
    survivor = become_one()
    held = newest_consents(list(Consent.objects.filter(patient=survivor)))
    assert held[channel, "visits"].granted is False


def test_a_number_that_one_ruled_out_is_ruled_out(pair, become_one):
    ContactPoint.objects.filter(patient=pair[0]).update(do_not_use=True)
    survivor = become_one()
    assert ContactPoint.objects.get(patient=survivor).do_not_use


@pytest.mark.parametrize("known_by", [0, 1], ids=["the one who wished it", "the other"])
def test_a_number_that_one_of_them_calls_home_is_not_called_against_the_wish_of_either(pair, become_one, known_by, now):
    Patient.objects.filter(id=pair[0].id).update(not_at_home=True)
    ContactPoint.objects.filter(patient=pair[known_by]).update(label="home")
    survivor = become_one()
    assert channel_for(survivor, planned="call", today=now.date()) == "in_person"


def test_a_restriction_of_one_holds_for_both(pair, become_one, now):
    asked = note_request(
        patient_id=pair[0].id,
        kind="restriction",
        text="Not my sister.",
        source="a letter",
        recipient="family",
        received_on=now.date(),
        by_person_id=None,
        now=now,
    )
    accept(request_id=asked.id, answer_text="Kept.", told_on=None, by_person_id=None, now=now)
    assert is_restricted(become_one().id, to="family")


def test_told_apart_again_a_wish_and_a_no_said_meanwhile_hold_for_both(two, now):
    say(two[1], channel="text", granted=True, at=now - timedelta(days=1))
    made = merge(patient_id=two[0].id, merged_id=two[1].id, take=(), by_person_id=None, now=now)
    Patient.objects.filter(id=two[0].id).update(no_voicemail=True)
    say(two[0], channel="text", granted=False, at=now + timedelta(hours=1))
    undo_merge(merge_id=made.id, by_person_id=None, now=now + timedelta(days=2))
    assert set(Patient.objects.values_list("no_voicemail", flat=True)) == {True}
    for one in two:
        assert newest_consents(list(Consent.objects.filter(patient=one)))["text", "visits"].granted is False


def test_a_merge_is_taken_back_for_thirty_days_and_not_after(two, now):
    made = merge(patient_id=two[0].id, merged_id=two[1].id, take=(), by_person_id=None, now=now)
    with pytest.raises(DomainError, match="for 30 days, and they are over"):
        undo_merge(merge_id=made.id, by_person_id=None, now=now + timedelta(days=30))
    assert Patient.objects.get(id=two[1].id).merged_into_id == two[0].id
    undo_merge(merge_id=made.id, by_person_id=None, now=now + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(Conflict, match="taken back already"):
        undo_merge(merge_id=made.id, by_person_id=None, now=now)
