"""Staff opens a visit on a tablet, or hands out six digits for it."""

import secrets
from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.kiosk import open_visit
from loyalty.kiosk.enroll import invite_tablet
from loyalty.kiosk.open_visit import GOOD_FOR, call_off, open_by_code, open_on
from loyalty.kiosk.secrets import Use, digest, is_digest_of
from loyalty.kiosk.take import MOST_WRONG_CODES, WAITS, take, take_by_code, waiting_for
from loyalty.models import FeedbackRequest, Kiosk, KioskOpening, Promise
from loyalty.visits.walk_in import walk_in
from tests.kiosks import enrolled


@pytest.fixture
def code(visit, now):
    return open_by_code(visit_id=visit.id, by_staff_id=None, now=now)[1]


def another_code(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_tablet_finds_what_waits_for_it_and_no_other_tablet_does(kiosk, opened, now):
    other = enrolled(now=now, name="Room 2")[0]
    assert waiting_for(kiosk.id, now=now) == opened
    assert waiting_for(other.id, now=now) is None
    with pytest.raises(NotFound):
        take(kiosk_id=other.id, opening_id=opened, now=now)


def test_it_learns_the_first_name_and_the_promises_and_nothing_else(kiosk, visit, now):
    Promise.objects.create(visit=visit, text="Numbing cream first", made_at=now)
    Promise.objects.create(visit=visit, text="Judged already", made_at=now, kept="yes", answered_at=now)
    opening = open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)
    told = take(kiosk_id=kiosk.id, opening_id=opening.id, now=now)
    assert (told.first_name, [text for _, text in told.promises]) == ("Marguerite", ["Numbing cream first"])
    assert "Ellison" not in repr(told)


def test_who_took_the_tablet_was_asked(taken, visit, now):
    request = FeedbackRequest.objects.get()
    assert (request.visit, request.mode, request.asked_at, request.skipped_at) == (visit, "kiosk", now, None)


def test_a_tablet_that_did_not_hear_may_ask_again_for_two_minutes(kiosk, opened, taken, now):
    assert take(kiosk_id=kiosk.id, opening_id=opened, now=now + timedelta(seconds=90)) == taken
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=now + timedelta(minutes=3))
    assert FeedbackRequest.objects.count() == 1


def test_what_was_answered_is_not_shown_to_whoever_holds_the_tablet_next(kiosk, opened, say, now):
    say(9, at=now + timedelta(seconds=30))
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=now + timedelta(seconds=60))


def test_after_ten_minutes_nothing_waits(kiosk, opened, now):
    late = now + GOOD_FOR
    assert waiting_for(kiosk.id, now=late) is None
    with pytest.raises(NotFound):
        take(kiosk_id=kiosk.id, opening_id=opened, now=late)


def test_a_tablet_waits_for_one_visit_at_a_time(kiosk, opened, booked, make_patient, visit, now):
    other = walk_in(patient_id=make_patient("Grace Chen").id, location_id=visit.location_id, now=now)
    with pytest.raises(Conflict, match="waits for somebody else"):
        open_on(visit_id=other.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)
    open_on(visit_id=other.id, kiosk_id=kiosk.id, by_staff_id=None, now=now + GOOD_FOR)
    assert set(KioskOpening.objects.values_list("state", flat=True)) == {"cancelled", "waiting"}


def test_opened_anew_the_earlier_one_is_called_off(kiosk, opened, visit, now):
    open_by_code(visit_id=visit.id, by_staff_id=None, now=now)
    assert waiting_for(kiosk.id, now=now) is None


def test_what_waits_is_called_off_once(kiosk, opened, visit, now):
    call_off(visit_id=visit.id, now=now)
    assert waiting_for(kiosk.id, now=now) is None
    with pytest.raises(Conflict):
        call_off(visit_id=visit.id, now=now)


def test_only_a_visit_of_today_with_the_patient_here_is_asked_about(kiosk, booked, now):
    ahead = booked()
    with pytest.raises(DomainError, match="at checkout"):
        open_on(visit_id=ahead.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)


def test_on_another_day_the_tablet_does_not_ask(kiosk, visit, now):
    with pytest.raises(DomainError, match="on the day of the visit"):
        open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now + timedelta(days=1))


def test_a_tablet_that_is_unknown_or_not_enrolled_yet_opens_nothing(visit, location, now):
    invited = invite_tablet(name="New", location_id=location.id, now=now)
    for kiosk_id in (invited.kiosk.id, uuid4()):
        with pytest.raises(NotFound, match="not enrolled"):
            open_on(visit_id=visit.id, kiosk_id=kiosk_id, by_staff_id=None, now=now)


def test_answered_on_a_tablet_once_it_is_not_asked_again(kiosk, say, visit, now):
    say(9)
    with pytest.raises(Conflict, match="answered on a tablet already"):
        open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)


# --- By code ------------------------------------------------------------------------------------------------------


def test_the_code_opens_the_visit_once_on_an_enrolled_tablet(kiosk, code, now):
    assert take_by_code(kiosk_id=kiosk.id, code=code, now=now).first_name == "Marguerite"
    with pytest.raises(DomainError, match="does not work"):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now)


def test_six_digits_are_kept_as_a_keyed_digest(visit, code, settings):
    kept = KioskOpening.objects.get().code_digest
    assert code not in kept
    settings.ENCRYPTION_KEYS = ["another key, which a thief of the database would have to know"]
    assert open_visit.digest(code, open_visit.Use.VISIT) != kept


def test_no_code_waits_for_two_visits(visit, code, make_patient, now, monkeypatch):
    other = walk_in(patient_id=make_patient("Grace Chen").id, location_id=visit.location_id, now=now)
    drawn = iter([int(code), int(code), int(another_code(code))])
    monkeypatch.setattr(secrets, "randbelow", lambda _below: next(drawn))
    assert open_by_code(visit_id=other.id, by_staff_id=None, now=now)[1] == another_code(code)


def test_a_secret_of_one_use_is_none_of_another(in_aurora):
    kept = {use: digest("123456", use) for use in Use}
    assert len(set(kept.values())) == len(Use)
    for use in Use:
        assert [other for other in Use if is_digest_of(kept[use], "123456", other)] == [use]


def test_a_code_that_nobody_typed_in_time_is_forgotten(visit, code, make_patient, now):
    other = walk_in(patient_id=make_patient("Grace Chen").id, location_id=visit.location_id, now=now)
    open_by_code(visit_id=other.id, by_staff_id=None, now=now + GOOD_FOR)
    first = KioskOpening.objects.get(visit=visit)
    assert (first.state, first.code_digest, first.settled_at) == ("cancelled", "", now + GOOD_FOR)


def test_a_wrong_a_used_and_an_old_code_get_the_same_words(kiosk, code, now):
    def words(given, at):
        with pytest.raises(DomainError) as refused:
            take_by_code(kiosk_id=kiosk.id, code=given, now=at)
        return refused.value.code, refused.value.message.rpartition(". ")[0]

    wrong = words(another_code(code), now)
    old = words(code, now + GOOD_FOR)
    assert wrong == old


def test_after_five_wrong_codes_the_tablet_waits_even_for_the_right_one(kiosk, code, now):
    for _ in range(MOST_WRONG_CODES - 1):
        with pytest.raises(DomainError, match="more tr"):
            take_by_code(kiosk_id=kiosk.id, code=another_code(code), now=now)
    with pytest.raises(Conflict, match="fifth"):
        take_by_code(kiosk_id=kiosk.id, code=another_code(code), now=now)
    with pytest.raises(Conflict, match="Too many"):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now + WAITS - timedelta(seconds=61))
    Kiosk.objects.update(codes_wait_until=now)
    assert take_by_code(kiosk_id=kiosk.id, code=code, now=now + timedelta(seconds=1)).first_name == "Marguerite"
    assert Kiosk.objects.get().wrong_codes == 0


def test_a_right_code_forgives_the_wrong_ones_before_it(kiosk, code, visit, now):
    for _ in range(MOST_WRONG_CODES - 1):
        with pytest.raises(DomainError, match="more tr"):
            take_by_code(kiosk_id=kiosk.id, code=another_code(code), now=now)
    take_by_code(kiosk_id=kiosk.id, code=code, now=now)
    with pytest.raises(DomainError, match="4 more tries"):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now)


def test_a_tablet_that_was_revoked_takes_no_code(kiosk, code, now):
    Kiosk.objects.update(revoked_at=now, token_digest="", code_digest="")
    with pytest.raises(Conflict, match="revoked"):
        take_by_code(kiosk_id=kiosk.id, code=code, now=now)
    with pytest.raises(NotFound):
        take_by_code(kiosk_id=uuid4(), code=code, now=now)
