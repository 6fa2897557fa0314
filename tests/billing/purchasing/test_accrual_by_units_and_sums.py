"""What a member has earned where tiers are counted in units, or pay sums: by hand, at, below and above each."""

from fractions import Fraction
from typing import Any

import pytest

from billing.purchasing.accrual import Accrued, Line, Measured, Reach, accrue
from billing.purchasing.schedule import BadSchedule, Counted, Pays, Schedule, Tier, Way
from tests.billing.purchasing.test_accrual import MAY, YEAR, earned

VIALS = tuple(Tier(Fraction(at), Fraction(cents)) for at, cents in ((1, 250), (100, 400), (200, 600)))
EACH = Schedule(Way.FLAT, VIALS, pays=Pays.EACH, counted=Counted.UNITS)
STEPS = Schedule(Way.MARGINAL, VIALS, pays=Pays.EACH, counted=Counted.UNITS)


def of_units(*lines: tuple[Fraction | int, int], schedule: Schedule, **more: Any) -> Accrued:
    """With lines of so many units, at so many cents each line."""
    made = [Line(f"{number:04}", MAY, amount, units=units) for number, (units, amount) in enumerate(lines)]
    return accrue(made, period=YEAR, schedule=schedule, **{"measured": Measured.VOLUME, **more})


@pytest.mark.parametrize(
    ("units", "tier", "flat", "steps"),
    [
        (0, None, 0, 0),
        (1, 0, 250, 250),
        (99, 0, 24_750, 24_750),
        # The hundredth is in the tier from a hundred on.
        (100, 1, 40_000, 24_750 + 400),
        (199, 1, 79_600, 24_750 + 40_000),
        (200, 2, 120_000, 24_750 + 40_000 + 600),
        (Fraction("100.5"), 1, 40_200, 24_750 + 600),
    ],
)
def test_units_at_below_and_above_each_tier(units, tier, flat, steps):
    every, by_steps = (of_units((units, 7), schedule=schedule) for schedule in (EACH, STEPS))
    assert (every.tier, every.cents) == (tier, flat)
    assert (by_steps.tier, by_steps.cents) == (tier, steps)


def test_units_that_come_back_cross_a_tier_back_and_take_their_share():
    found = of_units((100, 1), (-1, -999_999), schedule=EACH)
    assert (found.tier, found.cents, found.of_line) == (0, 24_750, {"0000": 25_000, "0001": -250})
    assert of_units((5, 100), (-5, 100), schedule=EACH).cents == 0
    assert of_units((5, 100), (-6, 100), schedule=EACH).cents == 0


def test_it_says_how_many_more_units_are_missing():
    missing = [of_units((units, 1), schedule=EACH).to_next for units in (0, 99, Fraction("99.5"), 100, 200)]
    assert missing == [1, 1, 1, 100, None]


def test_tiers_in_one_measure_pay_on_the_other():
    shares = (Tier(Fraction(10), Fraction(1, 50)), Tier(Fraction(20), Fraction(1, 20)))
    by_units = Schedule(Way.FLAT, shares, counted=Counted.UNITS)
    found = of_units((15, 33_333), (5, 1), schedule=by_units)
    # 5 percent of $333.34, shared out by the money.
    assert (found.tier, found.cents, found.of_line) == (1, 1_667, {"0000": 1_667, "0001": 0})
    by_spend = Schedule(Way.FLAT, (Tier(Fraction(1_000), Fraction("12.5")),), pays=Pays.EACH)
    # 12.5 cents for each of four: 37.5 and 12.5, and of two halves of a cent the first line has the cent.
    assert of_units((3, 999), (1, 1), schedule=by_spend).of_line == {"0000": 38, "0001": 12}
    assert of_units((3, 999), schedule=by_spend).cents == 0


def test_a_sum_once_is_paid_for_the_tier_that_was_reached():
    levels = (Tier(Fraction(5_000), Fraction(500)), Tier(Fraction(9_000), Fraction(1_500)))
    once = Schedule(Way.FLAT, levels, pays=Pays.ONCE)
    paid = [earned(amount, schedule=once).cents for amount in (4_999, 5_000, 8_999, 9_000, 90_000)]
    assert paid == [0, 500, 500, 1_500, 1_500]
    # 500 of 8,999: the return takes back less than half a cent.
    assert earned(9_000, -1, schedule=once).of_line == {"0000": 500, "0001": 0}
    from_nothing = Schedule(Way.FLAT, (Tier(Fraction(0), Fraction(500)),), pays=Pays.ONCE)
    assert (earned(schedule=from_nothing).cents, earned(1, schedule=from_nothing).cents) == (0, 500)


def test_growth_in_units_is_paid_beyond_its_bound():
    by = (Tier(Fraction(1), Fraction(100)), Tier(Fraction("1.1"), Fraction(200)))
    parts = Schedule(Way.MARGINAL, by, pays=Pays.EACH, counted=Counted.UNITS)
    more = Schedule(Way.INCREASE, by, pays=Pays.EACH, counted=Counted.UNITS)
    grown = {"measured": Measured.GROWTH, "reach": Reach(before=Fraction(200))}
    # Up to 220 a dollar for each of 20, two for each of 10 beyond; or two for each of 30.
    assert of_units((230, 1), schedule=parts, **grown).cents == 2_000 + 2_000
    assert of_units((230, 1), schedule=more, **grown).cents == 6_000


@pytest.mark.parametrize(
    ("pays", "counted"), [(Pays.ONCE, Counted.MONEY), (Pays.EACH, Counted.MONEY), (Pays.SHARE, Counted.UNITS)]
)
def test_tiers_that_do_not_tell_what_lies_in_them_are_no_schedule(pays, counted):
    with pytest.raises(BadSchedule, match="Choose flat"):
        Schedule(Way.MARGINAL, (Tier(Fraction(1), Fraction(1)),), pays=pays, counted=counted)
