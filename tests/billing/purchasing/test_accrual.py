"""What a member has earned: the tiers of a real schedule, by hand, and what may never change a cent.

The schedule is the one of domain.md: 1, 2, 3 and 4 percent from $0.5M, $1M, $1.5M and $2M of net spend.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.purchasing.accrual import Accrued, Left, Line, Measured, Period, Reach, accrue
from billing.purchasing.schedule import BadSchedule, Schedule, Tier, Way

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
DOLLARS = 100
TIERS = tuple(Tier(Fraction(at * DOLLARS), Fraction(rate, 100)) for at, rate in (
    (500_000, 1), (1_000_000, 2), (1_500_000, 3), (2_000_000, 4),
))  # fmt: skip
FLAT, MARGINAL = Schedule(Way.FLAT, TIERS), Schedule(Way.MARGINAL, TIERS)
MAY = date(2026, 5, 4)


def earned(*amounts: int, schedule: Schedule = FLAT, measured: Measured = Measured.VOLUME, **more: Reach) -> Accrued:
    """With lines of these amounts in cents."""
    lines = [Line(f"{number:04}", MAY, amount) for number, amount in enumerate(amounts)]
    return accrue(lines, period=YEAR, schedule=schedule, measured=measured, **more)


@pytest.mark.parametrize(
    ("spent", "tier", "flat", "marginal"),
    [
        (0, None, 0, 0),
        (49_999_999, None, 0, 0),
        (50_000_000, 0, 500_000, 0),
        (50_000_001, 0, 500_000, 0),
        (99_999_999, 0, 1_000_000, 500_000),
        (100_000_000, 1, 2_000_000, 500_000),
        (100_000_001, 1, 2_000_000, 500_000),
        (149_999_999, 1, 3_000_000, 1_500_000),
        (150_000_000, 2, 4_500_000, 1_500_000),
        (150_000_001, 2, 4_500_000, 1_500_000),
        (199_999_999, 2, 6_000_000, 3_000_000),
        (200_000_000, 3, 8_000_000, 3_000_000),
        (200_000_001, 3, 8_000_000, 3_000_000),
        (312_345_678, 3, 12_493_827, 7_493_827),
    ],
)
def test_at_below_and_above_each_tier(spent, tier, flat, marginal):
    assert (earned(spent).tier, earned(spent).cents) == (tier, flat)
    assert (earned(spent, schedule=MARGINAL).tier, earned(spent, schedule=MARGINAL).cents) == (tier, marginal)


def test_a_return_crosses_a_tier_back():
    kept = earned(100_000_000)
    back = earned(100_000_000, -1)
    assert (kept.tier, kept.cents) == (1, 2_000_000)
    # 1 percent of $999,999.99 is $9,999.9999.
    assert (back.tier, back.cents, back.of_line) == (0, 1_000_000, {"0000": 1_000_000, "0001": 0})
    assert back.exact == Fraction(99_999_999, 100)


def test_who_gave_back_more_than_they_bought_has_earned_nothing():
    for schedule in (FLAT, MARGINAL):
        assert earned(100, -60_000_000, schedule=schedule).cents == 0


def test_freight_other_days_and_what_is_excluded_do_not_count_and_say_so():
    lines = [
        Line("a", MAY, 60_000_000),
        Line("b", MAY, 60_000_000, freight=True),
        Line("c", MAY, 60_000_000, counts=False),
        Line("d", date(2025, 12, 31), 60_000_000),
        Line("e", date(2026, 12, 31), 100),
    ]
    found = accrue(lines, period=YEAR, schedule=FLAT, measured=Measured.VOLUME)
    assert (found.base, found.cents) == (60_000_100, 600_001)
    assert found.left == {"b": Left.FREIGHT, "c": Left.EXCLUDED, "d": Left.OTHER_PERIOD}
    assert found.of_line == {"a": 600_000, "e": 1}


@pytest.mark.parametrize(
    ("spent", "missing"), [(0, 50_000_000), (49_876_000, 124_000), (50_000_000, 50_000_000), (200_000_000, None)]
)
def test_it_says_what_is_missing_to_the_next_tier(spent, missing):
    assert earned(spent).to_next == missing


def test_growth_is_measured_against_the_year_before():
    by = Schedule(Way.FLAT, (Tier(Fraction("1.05"), Fraction("0.01")), Tier(Fraction("1.1"), Fraction("0.02"))))
    grown = [
        earned(spent, schedule=by, measured=Measured.GROWTH, reach=Reach(before=1_000_001))
        for spent in (1_050_001, 1_050_002, 1_100_001, 1_100_002)
    ]
    assert [(one.tier, one.cents, one.to_next) for one in grown] == [
        (None, 0, 1),
        (0, 10_500, 50_000),
        (0, 11_000, 1),
        (1, 22_000, None),
    ]


def test_growth_over_nothing_is_no_tier():
    by = Schedule(Way.FLAT, (Tier(Fraction(1), Fraction("0.01")),))
    nothing = earned(1_000, schedule=by, measured=Measured.GROWTH, reach=Reach(before=0))
    assert (nothing.measure, nothing.tier, nothing.cents, nothing.to_next) == (None, None, 0, None)


def test_the_moving_annual_total_decides_the_tier_and_the_period_is_paid():
    before = Reach(before=95_000_000)
    flat = earned(10_000_000, measured=Measured.TRAILING, reach=before)
    assert (flat.tier, flat.cents, flat.to_next) == (1, 200_000, 45_000_000)
    # $50,000 of it lies in the first tier, $50,000 in the second.
    marginal = earned(10_000_000, schedule=MARGINAL, measured=Measured.TRAILING, reach=before)
    assert (marginal.tier, marginal.cents) == (1, 50_000 + 100_000)


def test_all_members_together_reach_the_tier_and_each_is_paid_on_its_own():
    together = Reach(together=120_000_000)
    assert earned(30_000_000, measured=Measured.GROUP, reach=together).cents == 600_000
    # 1 percent of the second half million and 2 of the next $200,000 is $9,000; a quarter of it is the member's.
    assert earned(30_000_000, schedule=MARGINAL, measured=Measured.GROUP, reach=together).cents == 225_000


def test_no_more_than_the_cap():
    capped = Schedule(Way.FLAT, TIERS, cap=1_234_567)
    found = earned(150_000_000, 10, schedule=capped)
    assert (found.cents, found.of_line) == (1_234_567, {"0000": 1_234_567, "0001": 0})


@pytest.mark.parametrize(
    ("tiers", "cap", "words"),
    [
        ((), None, "at least one tier"),
        ((Tier(Fraction(-1), Fraction(0)),), None, "Tier 1 begins below zero"),
        ((Tier(Fraction(1), Fraction(2)),), None, "rate of tier 1"),
        ((Tier(Fraction(5), Fraction(0)), Tier(Fraction(5), Fraction(1))), None, "Tier 2 begins at or below"),
        (TIERS, -1, "cap is below zero"),
    ],
)
def test_a_schedule_that_says_nothing_sensible_is_refused(tiers, cap, words):
    with pytest.raises(BadSchedule, match=words):
        Schedule(Way.FLAT, tiers, cap)


@pytest.mark.parametrize(
    ("spent", "tier", "cents"),
    [
        (99_999_900, None, 0),
        # As much as the year before: the tier is reached, and there is nothing beyond it yet.
        (100_000_000, 0, 0),
        (105_000_000, 0, 100_000),
        (110_000_000, 1, 200_000),
        # 2 percent of the $100,000 between as much and ten percent more, 3 of the $50,000 beyond.
        (115_000_000, 1, 200_000 + 150_000),
    ],
)
def test_marginal_tiers_of_growth_pay_on_what_was_bought_beyond_the_year_before(spent, tier, cents):
    by = Schedule(Way.MARGINAL, (Tier(Fraction(1), Fraction("0.02")), Tier(Fraction("1.1"), Fraction("0.03"))))
    found = earned(spent, schedule=by, measured=Measured.GROWTH, reach=Reach(before=100_000_000))
    assert (found.tier, found.cents) == (tier, cents)


@pytest.mark.parametrize(
    ("spent", "tier", "cents"),
    [(99_999_999, None, 0), (100_000_000, 0, 0), (109_999_900, 0, 199_998), (110_000_000, 1, 300_000)],
)
def test_an_increase_is_paid_by_the_tier_that_was_reached(spent, tier, cents):
    by = Schedule(Way.INCREASE, (Tier(Fraction(1), Fraction("0.02")), Tier(Fraction("1.1"), Fraction("0.03"))))
    found = earned(spent, schedule=by, measured=Measured.GROWTH, reach=Reach(before=100_000_000))
    assert (found.tier, found.cents) == (tier, cents)


def test_less_than_before_is_no_increase_though_a_tier_is_reached():
    by = Schedule(Way.INCREASE, (Tier(Fraction("0.9"), Fraction("0.02")),))
    assert earned(95, schedule=by, measured=Measured.GROWTH, reach=Reach(before=100)).cents == 0


def test_only_growth_has_an_increase():
    with pytest.raises(ValueError, match="more than before"):
        earned(1, schedule=Schedule(Way.INCREASE, TIERS), measured=Measured.VOLUME)


def test_a_line_counts_once():
    with pytest.raises(ValueError, match="given twice"):
        accrue([Line("a", MAY, 1), Line("a", MAY, 1)], period=YEAR, schedule=FLAT, measured=Measured.VOLUME)


LINES = st.lists(
    st.builds(
        Line,
        id=st.uuids().map(str),
        day=st.integers(-40, 400).map(lambda days: YEAR.first + timedelta(days=days)),
        amount=st.integers(-(10**8), 10**9),
        counts=st.booleans(),
        freight=st.booleans(),
    ),
    unique_by=lambda line: line.id,
    max_size=12,
)
HOW = st.sampled_from(
    [
        (measured, schedule, Reach(before=40_000_000, together=4 * 10**9))
        for measured in Measured
        for schedule in (FLAT, MARGINAL, Schedule(Way.INCREASE, TIERS), Schedule(Way.FLAT, TIERS, cap=999_999))
        if measured is Measured.GROWTH or schedule.way is not Way.INCREASE
    ]
)


@given(LINES, HOW, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing_and_their_parts_come_to_the_whole(lines, how, random):
    measured, schedule, reach = how
    found = accrue(lines, period=YEAR, schedule=schedule, measured=measured, reach=reach)
    random.shuffle(lines)
    assert accrue(lines, period=YEAR, schedule=schedule, measured=measured, reach=reach) == found
    assert sum(found.of_line.values()) == found.cents >= 0
    assert found.of_line.keys() | found.left.keys() == {line.id for line in lines}
    assert not found.of_line.keys() & found.left.keys()


@given(LINES.filter(bool), HOW, st.integers(-(10**8), 10**8))
def test_a_line_in_two_at_the_same_price_earns_the_same(lines, how, part):
    measured, schedule, reach = how
    first, *others = lines
    halves = [
        Line(first.id, first.day, part, first.counts, first.freight),
        Line(f"{first.id}+", first.day, first.amount - part, first.counts, first.freight),
    ]
    found = accrue(lines, period=YEAR, schedule=schedule, measured=measured, reach=reach)
    split = accrue([*halves, *others], period=YEAR, schedule=schedule, measured=measured, reach=reach)
    assert (split.cents, split.base, split.tier, split.to_next) == (found.cents, found.base, found.tier, found.to_next)


@given(st.integers(0, 3 * 10**8), st.integers(0, 10**7))
def test_marginal_tiers_never_take_back_what_was_earned(spent, more):
    assert earned(spent + more, schedule=MARGINAL).cents >= earned(spent, schedule=MARGINAL).cents
