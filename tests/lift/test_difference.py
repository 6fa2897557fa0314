"""The lift of one practice, and its intervals."""

import numpy as np
import pytest

from loyalty import lift

ARMS = {"returned": 270, "contacted": 450, "held_returned": 25, "held": 50}


def test_it_is_the_share_of_the_contacted_minus_that_of_the_held_out():
    found = lift.difference(**ARMS)
    assert found.effect == pytest.approx(0.1)
    # 271/452 = .59956 and 26/52 = .5: sqrt(.59956 × .40044 / 450 + .25 / 50)
    assert found.standard_error == pytest.approx(0.0743876, abs=1e-6)
    # 296/502 = .58964: sqrt(.58964 × .41036 × (1/450 + 1/50))
    assert found.pooling_error == pytest.approx(0.0733279, abs=1e-6)


def test_an_arm_in_which_everybody_came_back_is_not_known_exactly():
    found = lift.difference(returned=100, contacted=100, held_returned=20, held=20)
    assert found.effect == 0
    assert found.standard_error > 0.04
    assert found.pooling_error > 0.02


@pytest.mark.parametrize(("contacted", "held", "told"), [(11, 11, True), (100, 10, False), (10, 100, False)])
def test_nothing_is_told_of_arms_of_fewer_than_eleven(contacted, held, told):
    arms = {"returned": 5, "contacted": contacted, "held_returned": 5, "held": held}
    found = lift.difference(**arms)
    assert np.isfinite(found.effect) == np.isfinite(found.standard_error) == told
    assert np.isfinite(lift.final_interval(**arms)).all() == told
    assert np.isfinite(lift.always_valid_interval(found)).all() == told


def test_the_interval_of_the_end_is_newcombes():
    # His example: 56 of 70 and 48 of 80.
    low, high = lift.final_interval(returned=56, contacted=70, held_returned=48, held=80)
    assert (low, high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_the_interval_of_the_end_stays_within_what_is_possible():
    low, high = lift.final_interval(returned=11, contacted=11, held_returned=0, held=11)
    assert 0 < low < high == 1


def test_the_interval_that_is_always_valid_is_wider_than_that_of_the_end():
    found = lift.difference(**ARMS)
    low, high = lift.always_valid_interval(found)
    assert (low + high) / 2 == pytest.approx(found.effect)
    # s² = .0055335 and v = .0064: s sqrt((1 + .86461) log((1 + 1.15659) / .0001))
    assert high - found.effect == pytest.approx(0.320875, abs=1e-5)
    final_low, final_high = lift.final_interval(**ARMS)
    assert low < final_low < final_high < high


def test_it_tells_many_practices_at_once():
    found = lift.difference(returned=[270, 5], contacted=[450, 9], held_returned=[25, 5], held=[50, 20])
    assert found.effect[0] == pytest.approx(0.1)
    assert np.isnan(found.effect[1])


def test_looking_every_day_seldom_finds_what_is_not_there():
    dice = np.random.default_rng(5)
    contacted, held = (dice.binomial(n, 0.5, (2000, 400)).cumsum(axis=1) for n in (9, 1))
    days = np.arange(1, 401)
    found = lift.difference(returned=contacted, contacted=9 * days, held_returned=held, held=days)
    low, high = lift.always_valid_interval(found)
    assert ((low > 0) | (high < 0)).any(axis=1).mean() <= 0.01
