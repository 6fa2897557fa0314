"""Shares of visits whose patients repeat: the interval must count people, not visits."""

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as students_t

from loyalty.metrics.intervals import ClusterSums, clustered_proportion, wilson
from loyalty.metrics.intervals.interval import student_t
from loyalty.metrics.intervals.proportion import proportion_design_effect

PATIENT = st.integers(1, 12).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m)))
PATIENTS = st.lists(PATIENT, min_size=1, max_size=60)

SIMULATIONS = 1500
# Three standard errors of a simulated coverage near 95 %.
SIMULATION_ERROR = 3 * sqrt(0.95 * 0.05 / SIMULATIONS)


@given(PATIENTS)
def test_it_holds_the_estimate_and_stays_a_share(patients):
    sums = ClusterSums.of(patients)
    ours = clustered_proportion(sums)
    assert 0 <= ours.low <= sums.ratio <= ours.high <= 1


@given(PATIENTS)
def test_repeat_patients_never_narrow_the_interval(patients):
    sums = ClusterSums.of(patients)
    assert proportion_design_effect(sums) >= 1
    assert clustered_proportion(sums).width >= wilson(sums.total, sums.trials).width - 1e-12


@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_where_nobody_repeats_it_is_the_wilson_interval(outcomes):
    sums = ClusterSums.of((int(outcome), 1) for outcome in outcomes)
    assert clustered_proportion(sums) == wilson(sum(outcomes), len(outcomes))


@pytest.mark.parametrize("share", [0, 1])
def test_forty_perfect_visits_of_ten_patients_claim_no_more_than_ten(share):
    ours = clustered_proportion(ClusterSums.of([(4 * share, 4)] * 10))
    ten = wilson(10 * share, 10, quantile=student_t(9))
    assert (ours.low, ours.high) == pytest.approx((ten.low, ten.high), abs=1e-12)
    assert ours.width > 0.3


@pytest.mark.parametrize(("patients", "visits"), [(30, 2), (30, 3), (100, 3), (400, 2)])
def test_one_failure_does_not_make_the_interval_narrower(patients, visits):
    perfect = clustered_proportion(ClusterSums.of([(visits, visits)] * patients))
    one_failed = clustered_proportion(ClusterSums.of([(visits, visits)] * (patients - 1) + [(visits - 1, visits)]))
    assert one_failed.low < perfect.low
    assert one_failed.width > perfect.width


def test_visits_that_always_end_alike_count_as_their_patients():
    sums = ClusterSums.of([(5, 5)] * 100 + [(0, 5)] * 100)
    assert proportion_design_effect(sums) == pytest.approx(5, rel=0.01)


def test_the_variance_is_the_linearized_one_of_a_ratio():
    patients = [(m - (i % 5 == 0) * (1 + i % 2), m) for i, m in enumerate([2, 3, 4, 5] * 250)]
    sums = ClusterSums.of(patients)
    ratio = sums.ratio
    residuals = [y - ratio * m for y, m in patients]
    count = len(patients)
    clustered = count / (count - 1) * sum(r * r for r in residuals) / sums.trials**2
    independent = ratio * (1 - ratio) / (sums.trials - 1)
    rare = sums.trials - sums.total
    expected = (rare * max(clustered / independent, 1) + 4 * sums.trials_squared / sums.trials) / (rare + 4)
    assert proportion_design_effect(sums) == pytest.approx(expected, rel=1e-12)


def test_a_single_patient_says_next_to_nothing():
    assert clustered_proportion(ClusterSums.of([(3, 6)])).width > 0.95


def test_no_visits_are_refused():
    with pytest.raises(ValueError, match="at least one trial"):
        clustered_proportion(ClusterSums.of([]))


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 10, 29, 100, 10_000])
def test_students_t_agrees_with_scipy(degrees):
    assert student_t(degrees) == pytest.approx(students_t.ppf(0.975, degrees), rel=1.3e-3)


def simulated_coverage(*, patients, share, correlation, naive=False):
    """Share of simulated practices whose interval holds the truth: beta-binomial patients, 1 + geometric visits."""
    rng = random.Random(f"{patients}-{share}-{correlation}")
    spread = (1 - correlation) / correlation
    held = 0
    for _ in range(SIMULATIONS):
        rows = []
        for _ in range(patients):
            own = rng.betavariate(share * spread, (1 - share) * spread)
            visits = 1
            while rng.random() < 0.6 and visits < 12:
                visits += 1
            rows.append((sum(rng.random() < own for _ in range(visits)), visits))
        sums = ClusterSums.of(rows)
        held += share in (wilson(sums.total, sums.trials) if naive else clustered_proportion(sums))
    return held / SIMULATIONS


@pytest.mark.parametrize(
    ("patients", "share", "correlation"),
    [
        (12, 0.5, 0.5),
        (12, 0.9, 0.2),
        (30, 0.5, 0.2),
        (30, 0.85, 0.5),
        (30, 0.97, 0.5),
        (100, 0.97, 0.2),
        (100, 0.6, 0.5),
    ],
)
def test_nineteen_in_twenty_simulated_practices_are_covered(patients, share, correlation):
    covered = simulated_coverage(patients=patients, share=share, correlation=correlation)
    assert covered >= 0.95 - 0.01 - SIMULATION_ERROR


def test_ignoring_that_patients_repeat_would_not_cover():
    assert simulated_coverage(patients=30, share=0.85, correlation=0.5, naive=True) < 0.90
