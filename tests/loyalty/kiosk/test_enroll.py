"""A tablet brings a code once, and is known by a token of its own until it is revoked."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import practice_scope
from loyalty.kiosk.enroll import GOOD_FOR, enroll, invite_again, invite_tablet
from loyalty.kiosk.enrolled import kiosks, tablet_with
from loyalty.kiosk.revoke import revoke
from loyalty.models import Kiosk, KioskOpening


@pytest.fixture
def invited(location, now):
    return invite_tablet(name=" Front desk ", location_id=location.id, now=now)


def bring(code, now):
    return enroll(code=code, device="Safari on iPad", now=now)


def test_the_code_and_the_token_are_kept_as_digests_only(invited, now):
    _, token = bring(invited.code, now)
    row = Kiosk.objects.values().get()
    assert invited.code not in str(row)
    assert token not in str(row)
    assert (row["name"], row["code_digest"], row["device"]) == ("Front desk", "", "Safari on iPad")


def test_who_shows_the_token_is_the_tablet(invited, now):
    kiosk, token = bring(invited.code, now)
    assert tablet_with(token, now=now) == kiosk.id
    assert tablet_with(token[:-1] + "x", now=now) is None
    assert tablet_with("", now=now) is None


def test_a_code_is_taken_as_people_type_it(invited, now):
    code = invited.code.lower()
    assert bring(f" {code[:5]}-{code[5:]} ", now)[0].id == invited.kiosk.id


def test_a_code_works_once(invited, now):
    bring(invited.code, now)
    with pytest.raises(NotFound, match="Ask for a new one"):
        bring(invited.code, now)


def test_unknown_used_and_too_old_get_one_answer(invited, now):
    words = set()
    for code, at in (("NOTACODE22", now), (invited.code, now + GOOD_FOR)):
        with pytest.raises(NotFound) as refused:
            bring(code, at)
        words.add((refused.value.code, refused.value.message))
    assert len(words) == 1


def test_another_practice_does_not_know_the_token(borealis, invited, now):
    _, token = bring(invited.code, now)
    with practice_scope(borealis):
        assert tablet_with(token, now=now) is None


def test_a_new_code_moves_the_name_to_another_device(invited, now):
    _, old = bring(invited.code, now)
    again = invite_again(kiosk_id=invited.kiosk.id, now=now)
    assert tablet_with(old, now=now) == invited.kiosk.id
    _, new = bring(again.code, now)
    assert tablet_with(old, now=now) is None
    assert tablet_with(new, now=now) == invited.kiosk.id


def test_revoked_it_opens_nothing_from_that_moment(invited, now):
    _, token = bring(invited.code, now)
    again = invite_again(kiosk_id=invited.kiosk.id, now=now)
    revoke(kiosk_id=invited.kiosk.id, now=now)
    assert tablet_with(token, now=now) is None
    with pytest.raises(NotFound):
        bring(again.code, now)
    with pytest.raises(Conflict):
        revoke(kiosk_id=invited.kiosk.id, now=now)
    assert kiosks() == []


def test_what_waits_for_it_is_called_off_with_it(kiosk, opened, now):
    revoke(kiosk_id=kiosk.id, now=now)
    assert KioskOpening.objects.get().state == "cancelled"


def test_a_name_is_taken_once_at_a_place_until_it_is_revoked(invited, location, now):
    with pytest.raises(DomainError) as refused:
        invite_tablet(name="Front desk", location_id=location.id, now=now)
    assert refused.value.field == "name"
    revoke(kiosk_id=invited.kiosk.id, now=now)
    invite_tablet(name="Front desk", location_id=location.id, now=now)


@pytest.mark.parametrize("name", ["", "  ", "​", "x" * 61, "a\0b"])
def test_a_tablet_needs_a_name_that_can_be_read(location, now, name):
    with pytest.raises(DomainError):
        invite_tablet(name=name, location_id=location.id, now=now)
    assert not Kiosk.objects.exists()


def test_it_is_written_down_when_a_tablet_was_seen_but_not_at_each_poll(invited, now):
    _, token = bring(invited.code, now)
    for seconds in (10, 59, 61, 70):
        tablet_with(token, now=now + timedelta(seconds=seconds))
    assert Kiosk.objects.get().last_seen_at == now + timedelta(seconds=61)


def test_the_trail_tells_each_step(invited, now):
    bring(invited.code, now)
    revoke(kiosk_id=invited.kiosk.id, now=now)
    told = Entry.objects.filter(subject_kind="kiosk").order_by("at").values_list("verb", flat=True)
    assert list(told) == ["kiosk.invited", "kiosk.enrolled", "kiosk.revoked"]
