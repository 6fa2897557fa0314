"""Whether a figure has changed, or only scattered."""

from dataclasses import dataclass

import pytest

from loyalty.today.change import change_between
from loyalty.today.figures import Change


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float | None
    high: float | None
    n: int = 100


def test_without_one_of_them_there_is_no_change():
    assert change_between(None, Estimate(50, 40, 60)) is None
    assert change_between(Estimate(50, 40, 60), None) is None


@pytest.mark.parametrize(
    ("before", "now", "sure"),
    [
        (Estimate(50, 40, 60), Estimate(65, 55, 75), True),  # 15 ± 14.1
        (Estimate(50, 40, 60), Estimate(64, 54, 74), False),  # 14 ± 14.1
        (Estimate(64, 54, 74), Estimate(49, 39, 59), True),
        (Estimate(50, 40, 60), Estimate(50, 49, 51), False),
        # Lopsided: what counts is the side that faces the other.
        (Estimate(50, 10, 55), Estimate(62, 57, 99), True),
        (Estimate(50, 45, 90), Estimate(62, 22, 67), False),
    ],
)
def test_it_is_sure_when_the_interval_of_the_difference_leaves_out_zero(before, now, sure):
    assert change_between(before, now) == Change(now.value - before.value, sure=sure)


def test_few_answers_are_never_sure():
    assert change_between(Estimate(0, -1, 1, n=29), Estimate(90, 89, 91)) == Change(90, sure=False)


def test_without_an_interval_it_is_too_early_to_tell():
    assert change_between(Estimate(0, None, 1), Estimate(90, 89, 91)) == Change(90, sure=False)
