"""The viewer's band, from released quantiles and its own value only."""

import pytest

from frontend.charts.bands import Band, band
from frontend.charts.quantiles import Quantiles
from loyalty.metrics.definition import Better

NPS = Quantiles(41, 52, 62, 71, 79)
HOURS = Quantiles(6, 11, 19, 27, 38)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (80, Band.TOP_TENTH),
        (79, Band.TOP_QUARTER),
        (74, Band.TOP_QUARTER),
        (71, Band.UPPER_MIDDLE),
        (62, Band.UPPER_MIDDLE),
        (61.9, Band.LOWER_MIDDLE),
        (52, Band.LOWER_MIDDLE),
        (51, Band.LOWER_QUARTER),
        (41, Band.LOWER_QUARTER),
        (40, Band.LOWEST_TENTH),
    ],
)
def test_a_value_on_a_quantile_belongs_to_the_band_nearer_the_median(value, expected):
    assert band(value, NPS) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, Band.TOP_TENTH),
        (9, Band.TOP_QUARTER),
        (11, Band.UPPER_MIDDLE),
        (19, Band.UPPER_MIDDLE),
        (20, Band.LOWER_MIDDLE),
        (30, Band.LOWER_QUARTER),
        (40, Band.LOWEST_TENTH),
    ],
)
def test_where_lower_is_better_few_hours_are_at_the_top(value, expected):
    assert band(value, HOURS, lower_is_better=True) is expected


def test_every_band_has_its_own_word_so_that_color_is_never_the_only_signal():
    assert len({b.word_where(Better.HIGHER) for b in Band}) == 6


def test_where_neither_is_better_a_band_neither_praises_nor_warns():
    assert Band.TOP_TENTH.word_where(Better.NEITHER) == "Above P90"
    assert len({b.word_where(Better.NEITHER) for b in Band}) == 6


def test_quantiles_that_do_not_ascend_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        Quantiles(41, 52, 51, 71, 79)
