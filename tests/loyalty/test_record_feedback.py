"""An answer is taken down, and an unhappy one is not left alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import (
    Feedback,
    FeedbackRequest,
    PlaybookRule,
    Recovery,
    Staff,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
)
from loyalty.visits.cancel import cancel
from loyalty.visits.no_show import no_show


@pytest.fixture
def visit(treated):
    return treated()


@pytest.fixture
def take_down(visit, now):
    return lambda **said: record(**{"visit_id": visit.id, "mode": "staff", "score": 9, "now": now, **said})


def test_an_answer_by_hand_makes_its_request_and_the_answer(take_down, visit, patient, now):
    take_down(score=10, liked=" Kind\r\npeople ", better="", worth=5, elsewhere="sometimes")
    answer = Feedback.objects.get()
    assert (answer.patient, answer.visit, answer.mode, answer.score) == (patient, visit, "staff", 10)
    assert (answer.liked, answer.better, answer.worth, answer.elsewhere) == ("Kind\npeople", "", 5, "sometimes")
    assert (answer.answered_at, answer.day) == (now, date(2026, 11, 23))
    request = FeedbackRequest.objects.get()
    assert (request.id, request.mode, request.asked_at, request.patient) == (answer.request_id, "staff", now, patient)


def test_the_day_is_the_one_on_the_wall(take_down):
    late_evening = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    assert take_down(now=late_evening).day == date(2026, 11, 23)


def test_a_request_that_was_sent_is_answered_and_not_made_again(take_down, visit, patient, now):
    asked = FeedbackRequest.objects.create(
        patient=patient, visit=visit, mode="link", asked_at=now - timedelta(hours=3), day=date(2026, 11, 23)
    )
    assert take_down(mode="link").request_id == asked.id
    assert FeedbackRequest.objects.get().asked_at == now - timedelta(hours=3)


def test_the_same_question_is_not_answered_twice(take_down, now):
    take_down()
    with pytest.raises(Conflict, match=r"^This visit's feedback was taken at 9:00 am already\.$"):
        take_down(score=3, now=now + timedelta(minutes=1))
    assert Feedback.objects.get().score == 9
    assert not Recovery.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"score": 11}, "score"),
        ({"score": -1}, "score"),
        ({"score": True}, "score"),
        ({"score": 7.5}, "score"),
        ({"worth": 0}, "worth"),
        ({"worth": 6}, "worth"),
        ({"mode": "pigeon"}, "mode"),
        ({"elsewhere": "maybe"}, "elsewhere"),
        ({"liked": "a\0b"}, "liked"),
        ({"better": "x" * 5001}, "better"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(take_down, said, field):
    with pytest.raises(DomainError) as refused:
        take_down(**said)
    assert refused.value.field == field
    assert not Feedback.objects.exists()
    assert not FeedbackRequest.objects.exists()


def test_a_visit_that_did_not_take_place_has_no_feedback(booked, now):
    ahead, off, missed = booked(), booked(starts_at=now + timedelta(days=1)), booked(starts_at=now)
    cancel(visit_id=off.id, now=now)
    no_show(visit_id=missed.id, now=now)
    for visit in (ahead, off, missed):
        with pytest.raises(DomainError, match="a visit that took place"):
            record(visit_id=visit.id, mode="staff", score=9, now=now)
    with pytest.raises(NotFound):
        record(visit_id=uuid7(), mode="staff", score=9, now=now)


@pytest.mark.parametrize(("score", "opened"), [(0, True), (6, True), (7, False), (10, False)])
def test_a_detractor_and_nobody_else_opens_a_recovery(take_down, score, opened):
    take_down(score=score)
    assert Recovery.objects.exists() == opened


def test_a_recovery_is_due_by_the_end_of_the_next_working_day_and_has_an_owner(take_down, patient):
    answer = take_down(score=4)
    recovery = Recovery.objects.get()
    assert (recovery.feedback_id, recovery.patient) == (answer.id, patient)
    assert recovery.due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm
    assert recovery.owner == Staff.objects.get(display_name="Martin Mann")
    call = Touchpoint.objects.get(kind=TouchpointKind.RECOVERY)
    assert (call.channel, call.role, call.due_at) == ("call", "manager", recovery.due_at)


def test_over_the_weekend_the_next_working_day_is_monday(take_down):
    take_down(score=4, now=datetime(2026, 11, 28, 4, 0, tzinfo=UTC))  # Friday, 8 in the evening
    assert Recovery.objects.get().due_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def test_the_playbook_sets_who_and_when_but_cannot_switch_it_off(take_down, provider):
    PlaybookRule.objects.filter(trigger="feedback").update(delay=4, delay_unit="hours", role="provider")
    answer = take_down(score=4)
    recovery = Recovery.objects.get()
    assert recovery.due_at == answer.answered_at + timedelta(hours=4)
    assert recovery.owner.role == "provider"


def test_without_a_rule_a_manager_has_one_working_day(take_down):
    PlaybookRule.objects.all().delete()
    take_down(score=4)
    kept = Recovery.objects.get()
    assert (kept.due_at, kept.owner.display_name) == (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), "Martin Mann")


def test_the_front_desk_owns_no_recovery_whatever_the_playbook_says(take_down):
    """They could not open it."""
    PlaybookRule.objects.filter(trigger="feedback").update(role="front_desk")
    take_down(score=4)
    assert Recovery.objects.get().owner == Staff.objects.get(display_name="Martin Mann")


def test_who_has_left_owns_no_recovery(take_down):
    Staff.objects.filter(role="manager").update(is_active=False)
    take_down(score=4)
    assert Recovery.objects.get().owner is None


def test_planned_notes_are_held_and_written_ones_stay_written(take_down, completed, now):
    completed(at=now + timedelta(days=1))
    first, _ = Touchpoint.objects.filter(kind=TouchpointKind.NOTE).order_by("day")
    Touchpoint.objects.filter(id=first.id).update(state=TouchpointState.DONE, done_at=now)
    take_down(score=4)
    states = Touchpoint.objects.filter(kind=TouchpointKind.NOTE).order_by("day").values_list("state", flat=True)
    assert list(states) == [TouchpointState.DONE, TouchpointState.HELD]


def test_notes_of_somebody_else_are_not_held(take_down, completed, make_patient, now):
    completed(patient_id=make_patient("Grace Chen").id, at=now)
    take_down(score=4)
    assert Touchpoint.objects.get(kind=TouchpointKind.NOTE, patient__given_name="Grace").state == "planned"


def test_who_wants_no_contact_is_not_called_but_the_recovery_is_open(take_down, patient):
    patient.no_contact = True
    patient.save()
    take_down(score=4)
    assert Recovery.objects.count() == 1
    assert not Touchpoint.objects.filter(kind=TouchpointKind.RECOVERY).exists()


def test_an_answer_at_checkout_is_taken_while_the_patient_is_here(booked, now):
    visit = booked(starts_at=now)
    Visit.objects.filter(id=visit.id).update(status="arrived", arrived_at=now)
    assert record(visit_id=visit.id, mode="kiosk", score=9, now=now).mode == "kiosk"
