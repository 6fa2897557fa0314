"""How far a practice is up a program that pays for growing: its bounds in money, and what the next one brings."""

from datetime import UTC, date, datetime

import pytest

from billing.purchasing.rebates.accrue import accrue_since
from frontend.portal.savings.ladders import ladders
from tests.billing.conftest import bring, deal, make_program  # noqa: F401  fixtures

BEFORE, OCTOBER = date(2025, 10, 7), date(2026, 10, 5)


@pytest.fixture
def ladder(make_program, bring, aurora, now):  # noqa: F811
    """ladder(tiers, "1000", "1150"): of such a program, by what was bought the year before and this year."""

    def of(tiers, before, since, *, way="flat"):
        make_program(measured="growth", way=way, tiers=tiers)
        bring(f"A-1,,{BEFORE},SF-100,,1,,{before},", f"A-2,,{OCTOBER},SF-100,,1,,{since},")
        accrue_since(OCTOBER, now=datetime(2026, 11, 23, 12, tzinfo=UTC))
        return ladders(practice_id=aurora.id, day=OCTOBER)[0]

    return of


def test_bounds_are_told_in_money_of_the_year_before(ladder):
    found = ladder((("1", "0.02"), ("1.1", "0.03")), "1000", "1050")
    assert [(step.number, step.at, step.is_next) for step in found.steps] == [(1, 100_000, False), (2, 110_000, True)]
    # 3 percent of $1,100 instead of 2 of $1,050.
    assert (found.accrual.to_next_minor, found.brings) == (5_000, 1_200)


def test_on_what_is_beyond_the_year_before_the_next_bound_brings_the_rate_of_what_is_missing(ladder):
    found = ladder((("1", "0.02"), ("1.1", "0.03")), "1000", "1050", way="marginal")
    assert (found.accrual.cents, found.accrual.to_next_minor, found.brings) == (100, 5_000, 100)


def test_a_bound_of_nothing_is_none_that_money_can_be_told_of(ladder):
    found = ladder((("0", "0.01"), ("1", "0.02")), "1000", "-20")
    assert (found.accrual.tier, found.accrual.to_next_minor, found.brings) == (None, 2_000, 0)
