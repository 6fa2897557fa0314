"""A patient comes without a booking."""

from datetime import UTC, date, datetime

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import Touchpoint, Visit, VisitSource, VisitStatus
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in


def test_the_visit_begins_now_with_the_patient_here(patient, location, now):
    visit = Visit.objects.get(id=walk_in(patient_id=patient.id, location_id=location.id, now=now).id)
    assert (visit.status, visit.source) == (VisitStatus.ARRIVED, VisitSource.WALK_IN)
    assert (visit.starts_at, visit.arrived_at, visit.booked_at) == (now, now, None)


def test_the_day_is_the_one_on_the_wall(patient, location):
    late_evening = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
    assert walk_in(patient_id=patient.id, location_id=location.id, now=late_evening).day == date(2026, 12, 1)


def test_nothing_was_booked_so_nothing_is_previewed(playbook, patient, location, now):
    walk_in(patient_id=patient.id, location_id=location.id, now=now)
    assert not Touchpoint.objects.exists()


def test_who_is_here_already_is_not_added_twice(patient, location, now):
    walk_in(patient_id=patient.id, location_id=location.id, now=now)
    with pytest.raises(Conflict, match="is here already"):
        walk_in(patient_id=patient.id, location_id=location.id, now=now)


def test_who_left_may_come_again_the_same_day(patient, location, now):
    first = walk_in(patient_id=patient.id, location_id=location.id, now=now)
    complete(visit_id=first.id, now=now)
    assert walk_in(patient_id=patient.id, location_id=location.id, now=now).id != first.id


def test_the_dead_do_not_walk_in(patient, location, now):
    patient.deceased = True
    patient.save()
    with pytest.raises(DomainError, match="has died"):
        walk_in(patient_id=patient.id, location_id=location.id, now=now)
