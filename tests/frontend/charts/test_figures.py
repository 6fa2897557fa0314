"""Figures as people read them."""

import pytest

from frontend.charts.numbers import at_least, change, figure, interval
from loyalty.metrics.definition import Unit


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (58, Unit.PERCENT, "58%"),
        (58.4, Unit.PERCENT, "58%"),
        (3.4, Unit.PERCENT, "3.4%"),
        (9.96, Unit.PERCENT, "10%"),
        (0, Unit.PERCENT, "0%"),
        (74, Unit.SCORE, "74"),
        (-12.6, Unit.SCORE, "\u221213"),
        (-0.4, Unit.SCORE, "0"),
        (9, Unit.HOURS, "9 h"),
        (9.46, Unit.HOURS, "9.5 h"),
        (19.4, Unit.HOURS, "19 h"),
        (2148, Unit.COUNT, "2,148"),
    ],
)
def test_a_figure_carries_its_unit_and_no_false_precision(value, unit, text):
    assert figure(value, unit) == text


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-2.5, "\u22123")])
def test_halves_round_away_from_zero(value, text):
    assert figure(value, Unit.SCORE) == text


def test_an_interval_names_its_unit_once():
    assert interval(54, 62, Unit.PERCENT) == "54 to 62%"
    assert interval(6, 14, Unit.HOURS) == "6 to 14 h"
    assert interval(-5, 8, Unit.SCORE) == "\u22125 to 8"


def test_an_interval_that_nothing_bounds_above_says_or_more():
    assert interval(6, float("inf"), Unit.HOURS) == "6 h or more"


def test_an_interval_refuses_swapped_ends():
    with pytest.raises(ValueError, match="from its lower to its upper end"):
        interval(62, 54, Unit.PERCENT)


def test_a_change_of_a_percentage_is_in_points():
    assert change(-1.24, Unit.PERCENT) == "1.2 points"
    assert change(13, Unit.SCORE) == "13"


def test_a_released_count_says_that_it_was_rounded_down():
    assert at_least(60) == "60+"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_figure_that_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        figure(value, Unit.SCORE)
