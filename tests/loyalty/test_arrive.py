"""A patient is here."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import Touchpoint, TouchpointKind, TouchpointState, Visit, VisitStatus
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.no_show import no_show


def test_the_moment_of_arrival_is_kept(booked, now):
    visit = booked(starts_at=now + timedelta(minutes=10))
    arrive(visit_id=visit.id, now=now)
    kept = Visit.objects.get(id=visit.id)
    assert (kept.status, kept.arrived_at) == (VisitStatus.ARRIVED, now)


def test_the_second_to_say_so_is_told(booked, front_desk, now):
    visit = booked(starts_at=now + timedelta(minutes=10))
    arrive(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match=r"marked as here at 9:00 am by Maya\.$"):
        arrive(visit_id=visit.id, now=now)


def test_nobody_arrives_for_a_visit_of_another_day(booked, now):
    visit = booked(starts_at=now + timedelta(days=1))
    with pytest.raises(DomainError, match=r"booked for tomorrow\. Move it to today"):
        arrive(visit_id=visit.id, now=now)
    assert Visit.objects.get(id=visit.id).status == VisitStatus.BOOKED


def test_who_was_a_no_show_and_comes_after_all_is_welcome_and_not_called(booked, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, now=now + timedelta(minutes=30))
    arrive(visit_id=visit.id, now=now + timedelta(minutes=40))
    assert Visit.objects.get(id=visit.id).status == VisitStatus.ARRIVED
    assert Touchpoint.objects.get(visit=visit, kind=TouchpointKind.CHECK_IN).state == TouchpointState.CANCELLED


def test_for_a_visit_called_off_there_is_the_walk_in(booked, now):
    visit = booked(starts_at=now)
    cancel(visit_id=visit.id, now=now)
    with pytest.raises(DomainError, match="add them as a walk-in"):
        arrive(visit_id=visit.id, now=now)


def test_a_visit_that_is_over_is_not_begun_again(treated, now):
    with pytest.raises(DomainError, match="add them as a walk-in"):
        arrive(visit_id=treated().id, now=now)
