"""Released quantiles: smoothed, ascending, never one practice's value."""

from fractions import Fraction
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.benchmarks.quantiles import PERCENTILES, Quantiles, neighbors, smoothed
from loyalty.metrics.definitions import DEFINITIONS

SHARE = DEFINITIONS["return_rate_180"]
COUNTS = st.integers(10, 400)


@pytest.mark.parametrize(
    ("count", "percentile", "ranks"),
    [
        (10, 10, [0, 1, 2]),
        (10, 25, [1, 2, 3]),
        (10, 50, [3, 4, 5, 6]),
        (10, 75, [6, 7, 8]),
        (10, 90, [7, 8, 9]),
        (11, 50, [4, 5, 6]),
        (16, 10, [0, 1, 2, 3]),
        (20, 10, [0, 1, 2, 3, 4]),
        (21, 50, [8, 9, 10, 11, 12]),
        (63, 90, [54, 55, 56, 57, 58]),
    ],
)
def test_each_quantile_is_the_mean_of_these_neighbors(count, percentile, ranks):
    assert list(neighbors(count, percentile)) == ranks


@given(COUNTS, st.sampled_from(PERCENTILES))
def test_at_least_three_neighbors_are_averaged_and_all_of_them_exist(count, percentile):
    ranks = neighbors(count, percentile)
    assert len(ranks) >= (5 if count >= 20 else 3)
    assert ranks[0] >= 0
    assert ranks[-1] < count


@given(COUNTS, st.sampled_from(PERCENTILES))
def test_the_neighbors_lie_around_the_type_7_position(count, percentile):
    ranks = neighbors(count, percentile)
    position = Fraction((count - 1) * percentile, 100)
    assert abs(Fraction(sum(ranks), len(ranks)) - position) <= Fraction(1, 2)


@given(COUNTS)
def test_low_and_high_quantiles_mirror_each_other(count):
    for percentile in (10, 25, 50):
        mirrored = [count - 1 - rank for rank in reversed(neighbors(count, 100 - percentile))]
        assert list(neighbors(count, percentile)) == mirrored


@given(st.lists(st.floats(0, 100), min_size=10, max_size=120))
def test_quantiles_ascend_and_stay_within_the_values(values):
    quantiles = list(smoothed(values, SHARE))
    assert quantiles == sorted(quantiles)
    assert SHARE.rounded(min(values)) <= quantiles[0]
    assert quantiles[-1] <= SHARE.rounded(max(values))


@given(st.lists(st.floats(0, 100), min_size=10, max_size=60), st.randoms())
def test_the_order_of_the_practices_does_not_matter(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert smoothed(shuffled, SHARE) == smoothed(values, SHARE)


def test_ten_practices_are_averaged_by_threes_and_the_median_by_four():
    values = [12.0, 20, 31, 33, 41, 52, 58, 61, 77, 90]
    expected = [fmean(group) for group in (values[:3], values[1:4], values[3:7], values[6:9], values[7:])]
    assert list(smoothed(values, SHARE)) == [round(mean) for mean in expected]


@pytest.mark.parametrize("key", DEFINITIONS)
def test_quantiles_are_multiples_of_the_precision(key):
    definition = DEFINITIONS[key]
    values = [7 + 3.7 * step for step in range(25)]
    steps = [quantile / definition.precision for quantile in smoothed(values, definition)]
    assert steps == pytest.approx([round(step) for step in steps], abs=1e-9)


def test_no_released_quantile_follows_a_single_practice():
    # One practice's value moves by 30 points; no quantile moves by more than a third of that and the rounding.
    values = [30.0 + 2 * step for step in range(15)]
    for place, value in enumerate(values):
        moved = smoothed([*values[:place], value + 30, *values[place + 1 :]], SHARE)
        assert all(abs(a - b) <= 30 / 3 + 1 for a, b in zip(moved, smoothed(values, SHARE), strict=True))


@pytest.mark.parametrize("count", [0, 1, 9])
def test_fewer_than_ten_have_no_quantiles(count):
    with pytest.raises(ValueError, match="at least 10 contributors"):
        smoothed([50.0] * count, SHARE)


def test_quantiles_that_do_not_ascend_are_refused():
    with pytest.raises(ValueError, match="must ascend"):
        Quantiles(1, 2, 5, 4, 6)
