"""The lift over many practices."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import t

from loyalty import lift

EFFECTS = [0.08, -0.03, 0.12, 0.01, 0.05, 0.2]
ERRORS = [0.04, 0.03, 0.05, 0.02, 0.06, 0.03]


def slow(effects, errors):
    """Straight from the definitions: effect, half of the interval, standard deviation between practices."""

    def weighed(between):
        weights = [1 / (s**2 + between) for s in errors]
        mean = sum(w * y for w, y in zip(weights, effects, strict=True)) / sum(weights)
        return weights, mean, sum(w * (y - mean) ** 2 for w, y in zip(weights, effects, strict=True))

    freedom = len(effects) - 1
    between = 0.0 if weighed(0.0)[2] <= freedom else brentq(lambda v: weighed(v)[2] - freedom, 0, 10, xtol=1e-15)
    weights, mean, scatter = weighed(between)
    return mean, t.ppf(0.975, freedom) * np.sqrt(scatter / freedom / sum(weights)), np.sqrt(between)


@pytest.mark.parametrize("errors", [ERRORS, [2 * s for s in ERRORS], [5 * s for s in ERRORS]])
def test_it_is_what_paule_mandel_and_hartung_knapp_define(errors):
    found = lift.pool(EFFECTS, errors)
    mean, half, between = slow(EFFECTS, errors)
    assert found.effect == pytest.approx(mean, abs=1e-9)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=2e-3)
    assert found.between == pytest.approx(between, abs=1e-6)


def test_practices_that_are_more_alike_than_chance_differ_by_nothing():
    found = lift.pool(EFFECTS, [1.0] * 6)
    assert found.between == 0
    assert found.standard_error < found.least_error


def test_a_practice_that_has_no_figure_weighs_nothing():
    with_gap = lift.pool([*EFFECTS, np.nan], [*ERRORS, np.nan])
    found = lift.pool(EFFECTS, ERRORS)
    assert with_gap.practices == 6
    assert (with_gap.effect, with_gap.low, with_gap.high) == (found.effect, found.low, found.high)


def test_one_practice_is_no_network():
    found = lift.pool([0.1, np.nan], [0.02, np.nan])
    assert found.practices == 1
    assert np.isnan([found.effect, found.low, found.high, found.between]).all()


def test_it_says_how_much_hangs_on_one_practice():
    assert lift.pool([0.0, 0.0, 0.0], [0.1, 0.1, 0.1]).largest_weight == pytest.approx(1 / 3)
    assert lift.pool([0.0, 0.0, 0.0], [0.01, 0.1, 0.1]).largest_weight > 0.9


def test_many_networks_at_once_are_each_alone():
    both = lift.pool([EFFECTS, EFFECTS], [ERRORS, [1.0] * 6])
    for place, errors in enumerate((ERRORS, [1.0] * 6)):
        alone = lift.pool(EFFECTS, errors)
        assert both.effect[place] == pytest.approx(alone.effect, abs=1e-12)
        assert both.high[place] == pytest.approx(alone.high, abs=1e-12)
