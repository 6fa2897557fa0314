"""The interval of a median, by ranks."""

import random
from math import inf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from loyalty.metrics.intervals import median_interval, median_ranks
from loyalty.metrics.quantile import quantile


@given(st.integers(6, 3000))
def test_the_ranks_are_the_innermost_that_reach_95_percent(count):
    low, high = median_ranks(count)
    assert low + high == count + 1
    assert 1 - 2 * binom.cdf(low - 1, count, 0.5) >= 0.95 - 1e-12
    assert 1 - 2 * binom.cdf(low, count, 0.5) < 0.95


@pytest.mark.parametrize(("count", "ranks"), [(6, (1, 6)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15)), (100, (40, 61))])
def test_the_ranks_are_those_of_the_tables(count, ranks):
    assert median_ranks(count) == ranks


@pytest.mark.parametrize("count", range(6))
def test_five_values_or_fewer_bound_nothing(count):
    assert median_ranks(count) is None


def test_the_whole_range_is_left_where_nothing_is_bounded():
    ours = median_interval([3.0, 4.0, 9.0])
    assert (ours.low, ours.high) == (0, inf)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200).map(sorted))
def test_it_holds_the_median(values):
    assert quantile(values, 0.5) in median_interval(values)


def test_no_values_are_refused():
    with pytest.raises(ValueError, match="at least one value"):
        median_interval([])


@pytest.mark.parametrize("count", [8, 40, 300])
def test_it_covers_the_median_of_lopsided_values(count):
    rng = random.Random(count)
    simulations = 2000
    held = 0
    for _ in range(simulations):
        values = sorted(rng.lognormvariate(3, 1.2) for _ in range(count))
        held += 20.0855369231877 in median_interval(values)  # the median of that distribution: e cubed
    assert held / simulations >= 0.95 - 3 * sqrt(0.95 * 0.05 / simulations)
