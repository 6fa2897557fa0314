"""What a practice gives to the network's prior, and what it takes from it."""

import numpy as np
import pytest

from core.tenancy.scope import control_plane
from loyalty import drift
from loyalty.benchmarks.models import DriftEstimate
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.release_prior import release_prior
from loyalty.drifting.score import table_of
from loyalty.drifting.visits import patient_visits
from loyalty.metrics.windows import Month
from loyalty.models import DriftFit, Patient, Visit
from loyalty.visits.local_time import day_of, zone_of
from tenants.models import Practice
from tests.benchmarks.network import REPORTED, contribute, practices
from tests.drift.story import visits_ago
from tests.loyalty.drifting.conftest import visits_of

STORY = drift.Parameters(r=3.0, alpha=100.0, a=1.0, b=3.0, k=3)


@pytest.fixture
def agreed(aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)


@pytest.fixture
def large(agreed, location, now):
    """Three hundred patients, half of whom came back."""
    lives = [[round(days) + 1 for days in ago] for ago in visits_ago(STORY, patients=300, seed=5)]
    patients = Patient.objects.bulk_create(Patient(given_name="P", family_name=str(n)) for n in range(len(lives)))
    Visit.objects.bulk_create(
        visit
        for patient, life in zip(patients, lives, strict=True)
        for visit in visits_of(patient, sorted(set(life), reverse=True), location, now)
    )
    today = day_of(now, zone_of(location.time_zone))
    return table_of(patient_visits(until=today), until=today)


def test_it_gives_the_estimates_of_a_fit_without_a_prior(large, in_aurora, now):
    refresh_drift(now=now)
    given, plain = DriftEstimate.objects.get(), drift.Contribution.of(drift.fit(large))
    assert np.allclose(given.estimates, plain.estimates)
    assert np.allclose(np.array(given.covariance).reshape(4, 4), plain.covariance)


def test_with_fewer_than_a_hundred_who_came_back_it_gives_none(agreed, house, in_aurora, now):
    refresh_drift(now=now)
    assert not DriftEstimate.objects.exists()


def test_without_the_clause_it_gives_none_and_what_was_given_is_taken_back(large, in_aurora, now):
    refresh_drift(now=now)
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(aggregation_agreed_at=None)
        assert not DriftEstimate.objects.exists()
    refresh_drift(now=now)
    assert not DriftEstimate.objects.exists()


def test_a_contributor_leans_on_the_released_prior_and_says_so(large, in_aurora, now):
    refresh_drift(now=now)
    assert DriftFit.objects.get().prior_month is None
    with control_plane():
        for number, member in enumerate(practices(11)):
            near = np.log([2.0, 300.0, 1.0, 3.0]) + 0.02 * number
            covariance = (0.02 * np.eye(4)).ravel().tolist()
            DriftEstimate.objects.create(
                practice=member, estimates=near.tolist(), covariance=covariance, computed_at=REPORTED
            )
        contribute([Practice.objects.get(id=in_aurora.id)], "2026-10")
        made = release_prior(month=Month(2026, 10), now=now)
    refresh_drift(now=now)
    fit = DriftFit.objects.get()
    assert fit.prior_month == made.month
    prior = drift.Prior(np.array(made.mean), np.array(made.covariance).reshape(4, 4))
    assert fit.r == pytest.approx(drift.fit(large, prior=prior).parameters.r)
