"""Somebody has read the brief before the visit."""

from datetime import timedelta

import pytest

from core.errors import DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Visit
from loyalty.visits.cancel import cancel
from loyalty.visits.read_brief import read_brief


def test_the_first_reading_counts(booked, now):
    visit = booked()
    read_brief(visit_id=visit.id, now=now)
    read_brief(visit_id=visit.id, now=now + timedelta(hours=1))
    assert Visit.objects.get(id=visit.id).brief_read_at == now


def test_the_brief_of_what_is_over_or_called_off_was_for_before_it(booked, treated, now):
    off = booked()
    cancel(visit_id=off.id, now=now)
    for visit in (treated(), off):
        with pytest.raises(DomainError, match="for before it"):
            read_brief(visit_id=visit.id, now=now)


def test_a_visit_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        read_brief(visit_id=uuid7(), now=now)
