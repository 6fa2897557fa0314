"""Every night the practice's visits are read, fitted, and said of each patient what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.drifting.jobs import refresh_in_practice
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.visits import patient_visits
from loyalty.models import Drift, DriftFit, Location, Patient, UsualFrom, Visit
from loyalty.visits.local_time import day_of, zone_of
from tests.loyalty.drifting.conftest import visits_of


def test_it_keeps_a_fit_and_a_row_for_everybody_who_came(house, now):
    found = refresh_drift(now=now)
    assert (found.patients, found.repeat_patients, found.is_fitted) == (60, 40, True)
    fit = DriftFit.objects.get()
    assert fit.k >= 2
    # A typical gap is k alpha / r days; they were made with about a hundred.
    assert fit.k * fit.alpha / fit.r == pytest.approx(100, abs=30)
    assert Drift.objects.count() == 60


def test_run_again_it_says_the_same_once(house, now):
    refresh_drift(now=now)
    before = list(Drift.objects.order_by("patient_id").values_list("patient_id", "alive", "worth"))
    refresh_drift(now=now)
    assert list(Drift.objects.order_by("patient_id").values_list("patient_id", "alive", "worth")) == before
    assert DriftFit.objects.count() == 1


def test_whoever_is_long_overdue_is_late_and_whoever_is_on_time_is_not(house, came, now, drift_of):
    away = drift_row(came, now, drift_of, "Away", 700, 600, 500, 400, 300)
    on_time = drift_row(came, now, drift_of, "Here", 430, 330, 230, 130, 30)
    today = now.date()
    assert away.late_from < today < on_time.late_from
    assert away.alive < 0.5 < on_time.alive
    # A call to whoever comes anyway saves next to nothing.
    assert away.worth > 3 * on_time.worth
    assert away.usual_days == pytest.approx(100, abs=20)


def drift_row(came, now, drift_of, *visits) -> Drift:
    patient = came(*visits)
    refresh_drift(now=now)
    return drift_of(patient)


def test_one_visit_is_never_called_active(house, came, service, now, drift_of):
    service.return_days = 84
    service.save()
    once = drift_row(came, now, drift_of, "Once", 30)
    assert once.alive is None
    assert once.usual_from == UsualFrom.PRACTICE
    with_service = came("Peel", 140, service=service)
    refresh_drift(now=now)
    row = drift_of(with_service)
    assert (row.usual_days, row.usual_from, row.alive) == (84, UsualFrom.SERVICE, None)
    assert row.expected_on == row.last_on + timedelta(days=84)
    with pytest.raises(IntegrityError, match="drift_once_unknown"), transaction.atomic():
        Drift.objects.filter(patient=with_service).update(alive=1)


def test_with_too_few_patients_no_figure_is_given(came, service, now, drift_of):
    service.return_days = 84
    service.save()
    regular, once = came("Ana", 300, 200, 100), came("Bea", 140, service=service)
    found = refresh_drift(now=now)
    assert (found.repeat_patients, found.is_fitted) == (1, False)
    assert DriftFit.objects.get().k is None
    assert (drift_of(regular).alive, drift_of(regular).expected_on) == (None, None)
    # The service's interval needs no model.
    assert (drift_of(once).usual_days, drift_of(once).worth) == (84, None)


def test_a_day_counts_once_merged_records_are_one_and_the_dead_are_left_out(came, location, now):
    twice = came("Ana", 100, 100, 40)
    old = came("Ana again", 70, merged_into=twice)
    came("Gone", 50, deceased=True)
    came("Nobody yet")
    found = patient_visits(until=day_of(now, zone_of(location.time_zone)))
    assert [(one.patient_id, len(one.days)) for one in found] == [(twice.id, 3)]
    assert Patient.objects.filter(id=old.id, merged_into=twice).exists()


def test_imported_history_teaches_the_model_too(house, came, now, drift_of):
    assert drift_row(came, now, drift_of, "Old", 300, 200, 100).visits == 3
    came("History", 300, 200, 100, history=True)
    assert refresh_drift(now=now).patients == 62


def test_a_practice_reads_its_own_patients_only(aurora, borealis):
    now = timezone.now()
    with practice_scope(aurora):
        one = Patient.objects.create(given_name="Ana", family_name="Here")
        Visit.objects.bulk_create(visits_of(one, [40], Location.objects.get(), now))
    refresh_in_practice(practice_id=str(aurora.id))
    with practice_scope(aurora):
        assert Drift.objects.count() == 1
    with practice_scope(borealis):
        assert Drift.objects.count() == 0
