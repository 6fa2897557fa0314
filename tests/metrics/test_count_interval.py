"""The interval of a count."""

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from loyalty.metrics.intervals import count_interval


@given(st.integers(5, 100_000))
def test_it_is_within_one_percent_of_the_exact_poisson_limits(count):
    ours = count_interval(count)
    assert ours.low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2, rel=0.01)
    assert ours.high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=0.01)


@given(st.integers(0, 1000), st.floats(1, 20))
def test_it_holds_the_count_and_is_never_negative(count, dispersion):
    ours = count_interval(count, dispersion=dispersion)
    assert 0 <= ours.low <= count <= ours.high


def test_none_counted_is_not_none_possible():
    assert count_interval(0).high == pytest.approx(3.69, abs=0.05)


def test_visits_of_few_people_vary_more_than_as_many_people():
    # 50 people with 4 visits each: as uncertain as 50 people, four times as large.
    few, fifty = count_interval(200, dispersion=4), count_interval(50)
    assert (few.low, few.high) == pytest.approx((4 * fifty.low, 4 * fifty.high))


@pytest.mark.parametrize(("count", "dispersion"), [(-1, 1), (10, 0.5)])
def test_impossible_counts_are_refused(count, dispersion):
    with pytest.raises(ValueError, match=r"negative|at least 1"):
        count_interval(count, dispersion=dispersion)


def test_it_covers_visits_of_people_who_come_by_chance():
    rng = random.Random(5)
    simulations, people = 1500, 60
    mean_visits = 1 / 0.4
    held = 0
    for _ in range(simulations):
        visits = []
        clock = rng.expovariate(people)
        while clock < 1:  # a Poisson number of people in one unit of time
            number = 1
            while rng.random() < 0.6:
                number += 1
            visits.append(number)
            clock += rng.expovariate(people)
        total = sum(visits)
        held += people * mean_visits in count_interval(total, dispersion=sum(v * v for v in visits) / total)
    assert held / simulations >= 0.94 - 3 * sqrt(0.94 * 0.06 / simulations)
