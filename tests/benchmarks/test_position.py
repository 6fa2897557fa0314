"""The viewer's band, from released figures and its own value only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.benchmarks.position import Band, band
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Better

RELEASED = Quantiles(29, 39, 48, 56, 64)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (28.9, Band.BELOW_P10),
        (29, Band.P10_TO_P25),
        (38.9, Band.P10_TO_P25),
        (39, Band.P25_TO_P50),
        (47.9, Band.P25_TO_P50),
        (48, Band.P50_TO_P75),
        (56, Band.P50_TO_P75),
        (56.1, Band.P75_TO_P90),
        (64, Band.P75_TO_P90),
        (64.1, Band.ABOVE_P90),
    ],
)
def test_a_value_on_a_quantile_belongs_to_the_band_next_to_the_median(value, expected):
    assert band(value, RELEASED) is expected


@pytest.mark.parametrize(("value", "expected"), [(99, Band.BELOW_P10), (100, Band.P50_TO_P75)])
def test_where_all_quantiles_are_equal_being_equal_is_the_middle(value, expected):
    assert band(value, Quantiles(100, 100, 100, 100, 100)) is expected


@given(st.floats(-100, 100), st.floats(-100, 100), st.lists(st.integers(-100, 100), min_size=5, max_size=5).map(sorted))
def test_a_higher_value_is_never_in_a_lower_band(one, other, edges):
    low, high = sorted((one, other))
    places = list(Band)
    assert places.index(band(low, Quantiles(*edges))) <= places.index(band(high, Quantiles(*edges)))


def test_where_lower_is_better_the_lowest_values_stand_best():
    assert Band.BELOW_P10.standing(Better.LOWER) == 5
    assert Band.BELOW_P10.standing(Better.HIGHER) == 0
    assert Band.ABOVE_P90.standing(Better.HIGHER) == 5
    with pytest.raises(ValueError, match="no place is good or bad"):
        Band.ABOVE_P90.standing(Better.NEITHER)
