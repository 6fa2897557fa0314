"""An answer from a tablet is kept once, with what was promised, at the time it was given."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.feedback.asked import asked_by_mode
from loyalty.feedback.record import record
from loyalty.feedback.said import Said
from loyalty.kiosk.answer import KEPT_FOR, answer, leave_unsaid
from loyalty.kiosk.open_visit import open_on
from loyalty.kiosk.take import take
from loyalty.models import Feedback, FeedbackRequest, KioskOpening, Promise, Recovery
from loyalty.visits.walk_in import walk_in
from tests.kiosks import enrolled


@pytest.fixture
def promises(visit, now):
    return [Promise.objects.create(visit=visit, text=text, made_at=now) for text in ("No waiting", "Numbing cream")]


def test_the_answer_is_kept_and_the_visit_settled(say, visit, now):
    say(9, liked="Gentle hands.", worth=5, elsewhere="no")
    kept = Feedback.objects.get()
    assert (kept.visit, kept.mode, kept.score, kept.worth, kept.elsewhere) == (visit, "kiosk", 9, 5, "no")
    assert KioskOpening.objects.get().state == "answered"


def test_however_often_it_is_sent_it_is_kept_once_and_answered_the_same(say):
    submission = uuid4()
    first = say(4, submission=submission)
    assert say(4, submission=submission).id == first.id
    assert (Feedback.objects.count(), Recovery.objects.count(), FeedbackRequest.objects.count()) == (1, 1, 1)


def test_what_was_sent_for_one_visit_is_no_answer_to_another(kiosk, say, visit, make_patient, now):
    submission = uuid4()
    say(9, submission=submission)
    other = walk_in(patient_id=make_patient("Grace Chen").id, location_id=visit.location_id, now=now)
    opening = open_on(visit_id=other.id, kiosk_id=kiosk.id, by_staff_id=None, now=now).id
    take(kiosk_id=kiosk.id, opening_id=opening, now=now)
    with pytest.raises(Conflict, match="another visit"):
        answer(
            kiosk_id=kiosk.id,
            opening_id=opening,
            submission_id=submission,
            seconds_ago=0,
            said=Said(score=3),
            now=now,
        )
    assert Feedback.objects.get().visit == visit


def test_another_answer_to_the_same_visit_is_refused(say):
    say(9)
    with pytest.raises(Conflict):
        say(3)
    assert Feedback.objects.get().score == 9


@pytest.mark.parametrize(("ago", "minutes"), [(60, 9), (0, 10), (-5, 10), (3600, 0), (10**12, 0)])
def test_it_was_given_when_the_tablet_says_but_not_before_it_was_opened_nor_after_now(say, now, ago, minutes):
    assert say(9, ago=ago, at=now + timedelta(minutes=10)).answered_at == now + timedelta(minutes=minutes)


def test_an_answer_that_comes_the_next_day_counts_on_the_day_it_was_given(say, visit, now):
    kept = say(4, ago=86_400, at=now + timedelta(days=1))
    assert kept.day == visit.day
    # Somebody can act on it only now.
    assert Recovery.objects.get().due_at > now + timedelta(days=1)


def test_what_waited_too_long_is_refused(say, now):
    with pytest.raises(Conflict, match="too long"):
        say(9, at=now + KEPT_FOR + timedelta(minutes=1))
    assert not Feedback.objects.exists()


def test_the_answer_and_what_became_of_the_promises_are_one(say, promises, now):
    say(9, promises={promises[0].id: "yes", promises[1].id: "partly"}, at=now)
    assert sorted(Promise.objects.values_list("text", "kept", "answered_at")) == [
        ("No waiting", "yes", now),
        ("Numbing cream", "partly", now),
    ]


@pytest.mark.parametrize("wrong", ["maybe", "foreign"])
def test_with_a_promise_that_is_none_neither_is_kept(say, promises, booked, now, wrong):
    other = Promise.objects.create(visit=booked(), text="Another visit's", made_at=now)
    judged = {promises[0].id: "yes"} | ({other.id: "yes"} if wrong == "foreign" else {promises[1].id: "maybe"})
    with pytest.raises(DomainError) as refused:
        say(9, promises=judged)
    assert refused.value.field == "promises"
    assert not Feedback.objects.exists()
    assert not Promise.objects.exclude(kept="").exists()


def test_a_promise_that_was_judged_already_keeps_the_first_word(say, promises, now):
    Promise.objects.filter(id=promises[0].id).update(kept="no", answered_at=now)
    say(9, promises={promises[0].id: "yes"})
    assert Promise.objects.get(id=promises[0].id).kept == "no"


def test_only_the_tablet_that_took_it_may_answer(taken, now):
    other = enrolled(now=now, name="Room 2")[0]
    with pytest.raises(NotFound, match="not asked about this visit"):
        answer(kiosk_id=other.id, opening_id=taken.opening_id, submission_id=uuid4(), seconds_ago=0, said=None, now=now)


def test_what_was_not_taken_cannot_be_answered(kiosk, opened, now):
    with pytest.raises(NotFound):
        answer(kiosk_id=kiosk.id, opening_id=opened, submission_id=uuid4(), seconds_ago=0, said=None, now=now)


# --- What they did not say ------------------------------------------------------------------------------------------


def leave(kiosk, taken, now, *, skipped):
    leave_unsaid(kiosk_id=kiosk.id, opening_id=taken.opening_id, skipped=skipped, now=now)


def test_a_no_is_written_down_and_going_away_counts_as_asked(kiosk, taken, now):
    leave(kiosk, taken, now, skipped=True)
    assert FeedbackRequest.objects.get().skipped_at == now
    assert KioskOpening.objects.get().state == "skipped"


def test_a_no_on_the_tablet_is_none_to_the_link_nor_of_another_visit_and_keeps_its_first_moment(
    kiosk, taken, visit, booked, make_patient, now
):
    other = booked(patient_id=make_patient("Leo Ruiz").id)
    same = {"asked_at": now, "day": visit.day}
    FeedbackRequest.objects.create(visit=visit, patient=visit.patient, mode="link", **same)
    FeedbackRequest.objects.create(visit=other, patient=other.patient, mode="kiosk", **same)
    earlier = now - timedelta(minutes=1)
    FeedbackRequest.objects.filter(visit=visit, mode="kiosk").update(skipped_at=earlier)
    leave(kiosk, taken, now, skipped=True)
    said_no = FeedbackRequest.objects.filter(skipped_at__isnull=False)
    assert list(said_no.values_list("visit_id", "mode", "skipped_at")) == [(visit.id, "kiosk", earlier)]


def test_who_went_away_was_asked_and_said_nothing(kiosk, taken, visit, now):
    leave(kiosk, taken, now, skipped=False)
    assert FeedbackRequest.objects.get().skipped_at is None
    assert KioskOpening.objects.get().state == "abandoned"
    tablet, link = asked_by_mode(today=visit.day)
    assert (tablet.asked, tablet.answered, tablet.skipped, tablet.silent, tablet.percent) == (1, 0, 0, 1, 0)
    assert (link.asked, link.percent) == (0, None)


def test_the_next_opening_of_the_visit_is_the_same_asking(kiosk, taken, say, visit, now):
    leave(kiosk, taken, now, skipped=False)
    again = open_on(visit_id=visit.id, kiosk_id=kiosk.id, by_staff_id=None, now=now)
    take(kiosk_id=kiosk.id, opening_id=again.id, now=now)
    assert FeedbackRequest.objects.count() == 1


def test_an_answer_that_was_on_its_way_stays_one(kiosk, taken, say, now):
    say(9)
    leave(kiosk, taken, now, skipped=True)
    assert KioskOpening.objects.get().state == "answered"
    assert FeedbackRequest.objects.get().skipped_at is None


def test_a_late_answer_counts_although_the_tablet_seemed_left(kiosk, taken, say, now):
    leave(kiosk, taken, now, skipped=False)
    say(9)
    assert KioskOpening.objects.get().state == "answered"


def test_staff_may_still_take_it_down_in_its_own_mode(say, visit, now):
    say(9)
    record(visit_id=visit.id, mode="staff", score=8, now=now)
    assert sorted(Feedback.objects.values_list("mode", "score")) == [("kiosk", 9), ("staff", 8)]
