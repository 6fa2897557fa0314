from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.purchasing.accrual import Period
from billing.purchasing.programs.periods import (
    earliest_around,
    following,
    month_ends,
    month_firsts,
    period_of,
    previous,
    quarter_of,
    year_before,
)

days = st.dates(min_value=date(2001, 1, 1), max_value=date(2098, 12, 31))
everies = st.sampled_from(["month", "quarter", "half", "year"])
months = st.integers(1, 12)


def test_quarters_are_those_of_the_calendar() -> None:
    assert quarter_of(date(2026, 2, 28)) == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_of(date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 6, 30))
    assert quarter_of(date(2026, 12, 31)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert period_of("year", date(2026, 7, 4)) == Period(date(2026, 1, 1), date(2026, 12, 31))


@given(everies, days, months)
def test_a_day_is_in_its_period_and_periods_meet(every: str, day: date, month: int) -> None:
    here = period_of(every, day, month=month)
    assert day in here
    assert previous(here, every).last + timedelta(days=1) == here.first
    assert following(previous(here, every), every) == here


def test_a_contracts_year_can_begin_with_any_month() -> None:
    assert period_of("year", date(2026, 6, 30), month=7) == Period(date(2025, 7, 1), date(2026, 6, 30))
    assert period_of("year", date(2026, 7, 1), month=7) == Period(date(2026, 7, 1), date(2027, 6, 30))
    assert period_of("year", date(2026, 4, 30), month=5) == Period(date(2025, 5, 1), date(2026, 4, 30))


def test_half_years_and_quarters_follow_the_month_that_one_begins_with() -> None:
    assert period_of("half", date(2026, 3, 31), month=10) == Period(date(2025, 10, 1), date(2026, 3, 31))
    assert period_of("half", date(2026, 4, 1), month=10) == Period(date(2026, 4, 1), date(2026, 9, 30))
    assert period_of("half", date(2026, 4, 1)) == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert period_of("quarter", date(2028, 1, 9), month=12) == Period(date(2027, 12, 1), date(2028, 2, 29))
    assert period_of("month", date(2026, 2, 5), month=7) == Period(date(2026, 2, 1), date(2026, 2, 28))


@given(everies, days, months)
def test_no_period_around_a_day_begins_before_the_earliest(every: str, day: date, month: int) -> None:
    assert earliest_around(day) <= period_of(every, day, month=month).first
    assert earliest_around(day) == min(period_of("year", day, month=one).first for one in range(1, 13))


@given(everies, days, months)
def test_a_year_holds_a_whole_number_of_them(every: str, day: date, month: int) -> None:
    year = period_of("year", day, month=month)
    firsts = [one for one in month_firsts(year.first, year.last) if period_of(every, one, month=month).first == one]
    assert firsts[0] == year.first
    assert len(firsts) == {"month": 12, "quarter": 4, "half": 2, "year": 1}[every]


def test_the_year_before_ends_with_february_as_it_was() -> None:
    assert year_before(quarter_of(date(2024, 2, 29))) == quarter_of(date(2023, 2, 1))
    assert year_before(period_of("year", date(2026, 5, 1))) == period_of("year", date(2025, 5, 1))


def test_months_end_on_their_last_days() -> None:
    assert month_ends(quarter_of(date(2028, 1, 9))) == (date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31))
    assert len(month_ends(period_of("year", date(2026, 1, 1)))) == 12
    ends = month_ends(period_of("year", date(2026, 1, 1), month=10))
    assert (len(ends), ends[0], ends[-1]) == (12, date(2025, 10, 31), date(2026, 9, 30))


def test_a_span_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        period_of("week", date(2026, 1, 1))
