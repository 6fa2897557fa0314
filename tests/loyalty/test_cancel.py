"""Calling a visit off: what was planned for it is called off with it."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import Touchpoint, TouchpointKind, TouchpointState, Visit, VisitStatus
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.no_show import no_show


def test_the_visit_is_cancelled_with_when_and_by_whom(booked, front_desk, now):
    visit = booked()
    cancel(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    kept = Visit.objects.get(id=visit.id)
    assert (kept.status, kept.cancelled_at, kept.status_by) == (VisitStatus.CANCELLED, now, front_desk)


def test_its_preview_is_cancelled_with_it(booked, now):
    visit = booked()
    cancel(visit_id=visit.id, now=now)
    assert Touchpoint.objects.get(visit=visit).state == TouchpointState.CANCELLED


def test_the_preview_of_another_visit_stays(booked, preview_of, now):
    visit = booked()
    other = booked(starts_at=visit.starts_at + timedelta(days=1))
    cancel(visit_id=visit.id, now=now)
    assert preview_of(other).state == TouchpointState.PLANNED


def test_a_preview_that_was_made_stays_made(booked, preview_of, now):
    visit = booked()
    Touchpoint.objects.filter(visit=visit).update(state=TouchpointState.DONE, done_at=now)
    cancel(visit_id=visit.id, now=now)
    assert preview_of(visit).state == TouchpointState.DONE


def test_a_recovery_goes_on_after_its_visit_is_called_off(booked, now):
    visit = booked(starts_at=now + timedelta(minutes=10))
    arrive(visit_id=visit.id, now=now)
    record(visit_id=visit.id, mode="staff", score=2, better="Waited an hour, left.", now=now)
    cancel(visit_id=visit.id, now=now)
    assert Touchpoint.objects.get(visit=visit, kind=TouchpointKind.RECOVERY).state == TouchpointState.PLANNED


def test_the_second_to_cancel_is_told_who_was_first(booked, front_desk, now):
    visit = booked()
    cancel(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match=r"^This visit was cancelled at 9:00 am by Maya\.$"):
        cancel(visit_id=visit.id, now=now + timedelta(minutes=5))


def test_the_next_day_the_message_carries_the_date(booked, now):
    visit = booked()
    cancel(visit_id=visit.id, now=now)
    with pytest.raises(Conflict, match=r"^This visit was cancelled on November 23 at 9:00 am\.$"):
        cancel(visit_id=visit.id, now=now + timedelta(days=1))


def test_a_visit_that_took_place_or_was_missed_stays_as_it_is(treated, booked, now):
    missed = booked(starts_at=now)
    no_show(visit_id=missed.id, now=now)
    for visit in (treated(), missed):
        with pytest.raises(DomainError, match="It stays as it is"):
            cancel(visit_id=visit.id, now=now)


def test_a_visit_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        cancel(visit_id=uuid7(), now=now)
