"""The last step of a visit is taken back, with what it planned."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.feedback.record import record
from loyalty.models import Patient, Touchpoint, TouchpointKind, TouchpointState, Visit, VisitStatus
from loyalty.touchpoints.notes import skip, written
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.no_show import no_show
from loyalty.visits.see import see
from loyalty.visits.take_back import take_back
from loyalty.visits.walk_in import walk_in


def kept(visit):
    return Visit.objects.get(id=visit.id)


@pytest.fixture
def here(booked, now):
    visit = booked(starts_at=now)
    return arrive(visit_id=visit.id, now=now)


def test_who_was_marked_as_here_by_mistake_is_awaited_again(here, now):
    take_back(visit_id=here.id, now=now)
    assert (kept(here).status, kept(here).arrived_at) == (VisitStatus.BOOKED, None)


def test_calling_in_is_taken_back_before_arriving_is(here, now):
    see(visit_id=here.id, now=now)
    take_back(visit_id=here.id, now=now)
    assert (kept(here).status, kept(here).seen_at) == (VisitStatus.ARRIVED, None)


def test_a_visit_that_is_not_over_yet_takes_its_note_back(here, note_of, now):
    complete(visit_id=here.id, now=now)
    take_back(visit_id=here.id, now=now)
    assert kept(here).status == VisitStatus.ARRIVED
    assert note_of(here).state == TouchpointState.CANCELLED
    assert Patient.objects.get(id=here.patient_id).patient_since is None


def test_its_real_end_plans_the_note_again(here, now):
    complete(visit_id=here.id, now=now)
    note = Touchpoint.objects.get(visit=here, kind=TouchpointKind.NOTE)
    skip(touchpoint_id=note.id, reason="Thanked in person", by_staff_id=None, now=now)
    take_back(visit_id=here.id, now=now)
    complete(visit_id=here.id, now=now + timedelta(minutes=30))
    states = Touchpoint.objects.filter(visit=here, kind=TouchpointKind.NOTE).values_list("state", flat=True)
    assert sorted(states) == [TouchpointState.CANCELLED, TouchpointState.PLANNED]


def test_a_visit_that_was_answered_or_thanked_for_stays_over(here, now):
    complete(visit_id=here.id, now=now)
    note = Touchpoint.objects.get(visit=here, kind=TouchpointKind.NOTE)
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    with pytest.raises(DomainError, match="note is written"):
        take_back(visit_id=here.id, now=now)
    record(visit_id=here.id, mode="kiosk", score=9, now=now)
    with pytest.raises(DomainError, match="answered how this visit was"):
        take_back(visit_id=here.id, now=now)
    assert kept(here).status == VisitStatus.COMPLETED


def test_a_no_show_that_was_none_is_not_called(booked, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, now=now + timedelta(minutes=20))
    take_back(visit_id=visit.id, now=now + timedelta(minutes=21))
    assert kept(visit).status == VisitStatus.BOOKED
    assert Touchpoint.objects.get(visit=visit, kind=TouchpointKind.CHECK_IN).state == TouchpointState.CANCELLED


def test_a_visit_called_off_by_mistake_is_on_again_with_its_call(booked, preview_of, now):
    visit = booked()
    cancel(visit_id=visit.id, now=now)
    take_back(visit_id=visit.id, now=now)
    assert kept(visit).status == VisitStatus.BOOKED
    assert preview_of(visit).state == TouchpointState.PLANNED


def test_not_where_its_time_was_given_away_meanwhile(booked, now):
    visit = booked()
    cancel(visit_id=visit.id, now=now)
    book(patient_id=visit.patient_id, location_id=visit.location_id, starts_at=visit.starts_at, now=now)
    with pytest.raises(Conflict, match="has a visit"):
        take_back(visit_id=visit.id, now=now)


def test_what_only_was_booked_has_nothing_to_take_back(booked, now):
    visit = booked()
    with pytest.raises(Conflict, match="Nothing of this visit"):
        take_back(visit_id=visit.id, now=now)


def test_the_next_day_it_is_too_late(here, now):
    with pytest.raises(DomainError, match="on the day of the visit only"):
        take_back(visit_id=here.id, now=now + timedelta(days=1))


def test_a_walk_in_was_never_awaited(patient, location, now):
    visit = walk_in(patient_id=patient.id, location_id=location.id, now=now)
    with pytest.raises(DomainError, match="Cancel the visit instead"):
        take_back(visit_id=visit.id, now=now)
    assert kept(visit).status == VisitStatus.ARRIVED


@pytest.mark.parametrize("wish", ["no_contact", "deceased"])
def test_a_visit_of_somebody_who_is_left_alone_by_now_stays_called_off(booked, now, wish):
    visit = booked()
    cancel(visit_id=visit.id, now=now)
    Patient.objects.filter(id=visit.patient_id).update(**{wish: True})
    with pytest.raises(DomainError, match="must not be contacted"):
        take_back(visit_id=visit.id, now=now)
    assert kept(visit).status == VisitStatus.CANCELLED
