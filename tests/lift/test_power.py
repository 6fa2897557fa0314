"""How long it takes until a hold-out can tell."""

import pytest

from loyalty.lift import months_until_known, smallest_effect


def test_the_smallest_effect_that_shows_follows_from_both_arms():
    # (1.960 + .842) × .5 × sqrt(1/100 + 1/900)
    assert smallest_effect(patients=1000, return_rate=0.5, share_held=0.1) == pytest.approx(0.14766, abs=1e-4)


def test_an_arm_of_fewer_than_eleven_shows_nothing():
    assert smallest_effect(patients=100, return_rate=0.5, share_held=0.1) == float("inf")


def test_it_waits_for_enough_patients_and_then_for_their_time_to_come_back():
    known = {"return_rate": 0.5, "share_held": 0.1, "effect": 0.15}
    # 970 patients are enough: the tenth month of 100.
    assert months_until_known(newcomers=[100], outcome_days=90, **known) == 13
    assert months_until_known(newcomers=[1000, 0], outcome_days=90, **known) == 4
    assert months_until_known(newcomers=[500, 100], outcome_days=90, **known) == 9


def test_what_would_take_longer_than_five_years_is_not_promised():
    assert months_until_known(newcomers=[10], return_rate=0.5, share_held=0.05, outcome_days=90, effect=0.05) is None


def test_it_needs_to_know_who_joins():
    with pytest.raises(ValueError, match="first month"):
        months_until_known(newcomers=[], return_rate=0.5, share_held=0.1, outcome_days=90, effect=0.1)
