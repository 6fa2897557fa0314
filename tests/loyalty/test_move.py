"""Moving a visit: its preview moves with it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import PlaybookRule, Touchpoint, TouchpointState, Trigger, Visit, VisitStatus
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.move import move

THURSDAY_NOON = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)


def test_the_preview_is_due_two_working_days_before_the_new_time(booked, preview_of, now):
    visit = booked()
    move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    preview = preview_of(visit)
    assert preview.due_at == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm
    assert preview.day == date(2026, 12, 3)
    assert Touchpoint.objects.filter(visit=visit).count() == 1


def test_the_day_and_the_end_move_too(booked, now):
    visit = booked()
    move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    moved = Visit.objects.get(id=visit.id)
    assert (moved.day, moved.ends_at) == (date(2026, 12, 3), THURSDAY_NOON + timedelta(minutes=45))


def test_a_preview_moved_to_tomorrow_is_due_now_and_not_in_the_past(booked, preview_of, now):
    visit = booked()
    later = now + timedelta(hours=2)
    move(visit_id=visit.id, starts_at=now + timedelta(days=1), now=later)
    assert preview_of(visit).due_at == later


def test_what_was_told_already_stays_told(booked, preview_of, now):
    visit = booked()
    Touchpoint.objects.filter(visit=visit).update(state=TouchpointState.DONE, done_at=now)
    due = preview_of(visit).due_at
    move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    preview = preview_of(visit)
    assert (preview.state, preview.due_at) == (TouchpointState.DONE, due)


def test_who_confirmed_the_old_time_has_not_confirmed_the_new_one(booked, now):
    visit = booked()
    Visit.objects.filter(id=visit.id).update(status=VisitStatus.CONFIRMED)
    assert move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now).status == VisitStatus.BOOKED


def test_who_wants_no_contact_by_now_loses_the_preview(booked, patient, now):
    visit = booked()
    patient.no_contact = True
    patient.save()
    move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    assert Touchpoint.objects.get(visit=visit).state == TouchpointState.CANCELLED


def test_a_preview_whose_rule_was_taken_out_still_moves(booked, preview_of, now):
    visit = booked()
    Touchpoint.objects.filter(visit=visit).update(rule=None)
    move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    assert preview_of(visit).due_at == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)


def test_a_rule_for_moved_visits_plans_its_touchpoint_once(booked, now):
    PlaybookRule.objects.create(
        name="Say it was moved",
        trigger=Trigger.VISIT_CHANGED,
        kind="check_in",
        channel="call",
        role="front_desk",
        delay=1,
    )
    visit = booked()
    for hours in (1, 2):
        move(visit_id=visit.id, starts_at=THURSDAY_NOON + timedelta(hours=hours), now=now)
    call = Touchpoint.objects.get(visit=visit, kind="check_in")
    assert (call.day, call.due_at) == (date(2026, 12, 3), datetime(2026, 11, 25, 1, 0, tzinfo=UTC))


def test_moving_to_the_same_time_changes_nothing(booked, now):
    visit = booked()
    Visit.objects.filter(id=visit.id).update(status=VisitStatus.CONFIRMED)
    assert move(visit_id=visit.id, starts_at=visit.starts_at, now=now).status == VisitStatus.CONFIRMED


def test_a_time_where_the_patient_has_another_visit_is_refused(booked, now):
    visit, other = booked(), booked(starts_at=THURSDAY_NOON)
    with pytest.raises(Conflict, match="has a visit on December 3 at 12:00 pm already"):
        move(visit_id=visit.id, starts_at=other.starts_at, now=now)


def test_the_past_is_refused(booked, now):
    visit = booked()
    with pytest.raises(DomainError, match="This time is over"):
        move(visit_id=visit.id, starts_at=now - timedelta(days=1), now=now)


def test_a_visit_that_is_over_or_called_off_cannot_be_moved(booked, treated, now):
    over, off, here = treated(), booked(), booked(starts_at=now + timedelta(minutes=30))
    cancel(visit_id=off.id, now=now)
    arrive(visit_id=here.id, now=now)
    for visit in (over, off):
        with pytest.raises(DomainError, match="Book another one instead"):
            move(visit_id=visit.id, starts_at=THURSDAY_NOON, now=now)
    with pytest.raises(DomainError, match="Complete or cancel it"):
        move(visit_id=here.id, starts_at=THURSDAY_NOON, now=now)
    assert complete(visit_id=here.id, now=now).status == VisitStatus.COMPLETED
