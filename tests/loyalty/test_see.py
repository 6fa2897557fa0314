"""The patient is called in."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import Visit
from loyalty.visits.arrive import arrive
from loyalty.visits.see import see


def test_the_moment_is_kept(booked, now):
    visit = booked(starts_at=now)
    arrive(visit_id=visit.id, now=now)
    see(visit_id=visit.id, now=now + timedelta(minutes=4))
    assert Visit.objects.get(id=visit.id).seen_at == now + timedelta(minutes=4)


def test_the_second_to_say_so_is_told_when_it_was(booked, now):
    visit = booked(starts_at=now)
    arrive(visit_id=visit.id, now=now)
    see(visit_id=visit.id, now=now)
    with pytest.raises(Conflict, match=r"called in at 9:00 am already"):
        see(visit_id=visit.id, now=now + timedelta(minutes=1))


def test_nobody_is_called_in_who_is_not_here(booked, now):
    visit = booked(starts_at=now)
    with pytest.raises(DomainError, match="Mark the patient as here first"):
        see(visit_id=visit.id, now=now)
    assert Visit.objects.get(id=visit.id).seen_at is None
