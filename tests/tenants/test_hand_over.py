"""A ticket from one host to another: once, soon, at the right place, by its member."""

from datetime import timedelta

import pytest

from core.errors import NotFound
from tenants.actions import hand_over
from tenants.actions.hand_over import GOOD_FOR, redeem
from tenants.models import HandOver, Membership


def issue(*, person, practice_id, now):
    """A ticket for somebody who signed in by password an hour ago."""
    signed_in_at = now - timedelta(hours=1)
    return hand_over.issue(
        person=person, practice_id=practice_id, signed_in_at=signed_in_at, second_factor_at=None, now=now
    )


@pytest.fixture
def olivia(person, borealis):
    olivia = person("Olivia")
    Membership.objects.create(person=olivia, practice_id=borealis.id, role="manager")
    return olivia


def test_a_ticket_brings_its_person_over(olivia, borealis, now):
    token, practice = issue(person=olivia, practice_id=borealis.id, now=now)
    assert practice.slug == "borealis"
    assert redeem(token=token, practice=borealis, now=now).person == olivia


def test_a_ticket_is_good_once(olivia, borealis, now):
    token, _ = issue(person=olivia, practice_id=borealis.id, now=now)
    redeem(token=token, practice=borealis, now=now)
    with pytest.raises(NotFound):
        redeem(token=token, practice=borealis, now=now)


def test_a_ticket_is_good_for_half_a_minute(olivia, borealis, now):
    token, _ = issue(person=olivia, practice_id=borealis.id, now=now)
    with pytest.raises(NotFound):
        redeem(token=token, practice=borealis, now=now + GOOD_FOR)
    assert timedelta(seconds=30) == GOOD_FOR


def test_a_ticket_is_good_at_its_own_practice_only(olivia, aurora, borealis, now):
    token, _ = issue(person=olivia, practice_id=borealis.id, now=now)
    with pytest.raises(NotFound):
        redeem(token=token, practice=aurora, now=now)


def test_only_members_get_one(person, borealis, now):
    with pytest.raises(NotFound):
        issue(person=person("Frank"), practice_id=borealis.id, now=now)
    assert not HandOver.objects.exists()


def test_somebody_who_left_gets_none(olivia, borealis, now):
    Membership.objects.filter(person=olivia, practice_id=borealis.id).update(ended_at=now)
    with pytest.raises(NotFound):
        issue(person=olivia, practice_id=borealis.id, now=now)


def test_a_ticket_of_a_closed_account_is_refused(person, borealis, now):
    frank = person("Frank")
    Membership.objects.create(person=frank, practice_id=borealis.id, role="provider")
    token, _ = issue(person=frank, practice_id=borealis.id, now=now)
    frank.is_active = False
    frank.save()
    with pytest.raises(NotFound):
        redeem(token=token, practice=borealis, now=now)


def test_the_ticket_itself_is_not_kept(olivia, borealis, now):
    token, _ = issue(person=olivia, practice_id=borealis.id, now=now)
    assert token.encode() not in bytes(HandOver.objects.get().token_sha256)
