"""A patient did not come."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import PlaybookRule, Touchpoint, TouchpointKind, TouchpointState, Visit, VisitStatus
from loyalty.visits.arrive import arrive
from loyalty.visits.no_show import no_show


def test_the_visit_is_marked(booked, front_desk, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    kept = Visit.objects.get(id=visit.id)
    assert (kept.status, kept.status_by) == (VisitStatus.NO_SHOW, front_desk)


def test_nobody_is_late_before_the_visit_begins(booked, now):
    visit = booked(starts_at=now + timedelta(hours=1))
    with pytest.raises(DomainError, match=r"This visit begins at 10:00 am\. Wait until then, or cancel it"):
        no_show(visit_id=visit.id, now=now)


def test_a_call_asks_how_they_are_on_the_next_working_day(booked, now):
    friday = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
    visit = booked(starts_at=friday)
    no_show(visit_id=visit.id, now=friday + timedelta(minutes=20))
    call = Touchpoint.objects.get(visit=visit, kind=TouchpointKind.CHECK_IN)
    assert call.due_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # Monday, 5 pm
    assert (call.channel, call.role) == ("call", "front_desk")


def test_a_preview_nobody_made_is_called_off_and_no_thank_you_is_planned(booked, now):
    PlaybookRule.objects.create(
        name="A mistaken rule", trigger="no_show", kind="note", channel="card", role="provider", delay=1
    )
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, now=now)
    assert Touchpoint.objects.get(visit=visit, kind=TouchpointKind.PREVIEW).state == TouchpointState.CANCELLED
    assert not Touchpoint.objects.filter(kind=TouchpointKind.NOTE).exists()


def test_who_wants_no_contact_is_not_called(booked, patient, now):
    visit = booked(starts_at=now)
    patient.no_contact = True
    patient.save()
    no_show(visit_id=visit.id, now=now)
    assert not Touchpoint.objects.filter(kind=TouchpointKind.CHECK_IN).exists()


def test_who_is_here_is_no_no_show(booked, now):
    visit = booked(starts_at=now)
    arrive(visit_id=visit.id, now=now)
    with pytest.raises(DomainError, match="Complete it, or cancel it if they left"):
        no_show(visit_id=visit.id, now=now)


def test_marking_twice_is_a_conflict(booked, front_desk, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match="marked as a no-show by Maya"):
        no_show(visit_id=visit.id, now=now)
