"""A patient says that they will come."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.outbox.models import Event
from loyalty.models import Visit, VisitStatus
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.confirm import confirm


@pytest.fixture
def ahead(booked, now):
    return booked(starts_at=now + timedelta(hours=2))


def test_the_visit_is_confirmed_and_others_are_told(ahead, front_desk, now):
    confirm(visit_id=ahead.id, by_staff_id=front_desk.id, now=now)
    kept = Visit.objects.get(id=ahead.id)
    assert (kept.status, kept.status_by) == (VisitStatus.CONFIRMED, front_desk)
    assert Event.objects.filter(kind="visit.confirmed", record_id=ahead.id).count() == 1


def test_confirming_twice_is_a_conflict_that_names_who_was_first(ahead, front_desk, now):
    confirm(visit_id=ahead.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match=r"This visit was confirmed by Maya\.") as refused:
        confirm(visit_id=ahead.id, now=now)
    assert refused.value.code == "visit_already_confirmed"


def test_nobody_confirms_what_has_begun(booked, now):
    visit = booked(starts_at=now)
    with pytest.raises(DomainError, match="Mark the patient as here, or move the visit first") as refused:
        confirm(visit_id=visit.id, now=now)
    assert refused.value.code == "visit_begun"
    assert Visit.objects.get(id=visit.id).status == VisitStatus.BOOKED


def test_who_is_here_has_nothing_to_confirm(ahead, now):
    arrive(visit_id=ahead.id, now=now)
    with pytest.raises(DomainError, match="There is nothing left to confirm"):
        confirm(visit_id=ahead.id, now=now)


def test_what_was_called_off_is_booked_anew(ahead, now):
    cancel(visit_id=ahead.id, now=now)
    with pytest.raises(DomainError, match="Book another one instead"):
        confirm(visit_id=ahead.id, now=now)


def test_a_visit_that_is_not_on_file(in_aurora, now):
    with pytest.raises(NotFound):
        confirm(visit_id="00000000-0000-7000-8000-000000000000", now=now)
