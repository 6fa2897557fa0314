from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.purchasing.accrual import Period
from billing.purchasing.programs.periods import (
    first_quarter_around,
    following,
    month_ends,
    period_of,
    previous,
    quarter_of,
    year_before,
    year_of,
    year_until,
)

days = st.dates(min_value=date(2001, 1, 1), max_value=date(2098, 12, 31))
everies = st.sampled_from(["quarter", "year"])
months = st.sampled_from([1, 4, 7, 10])


def test_quarters_are_those_of_the_calendar() -> None:
    assert quarter_of(date(2026, 2, 28)) == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_of(date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 6, 30))
    assert quarter_of(date(2026, 12, 31)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert year_of(date(2026, 7, 4)) == Period(date(2026, 1, 1), date(2026, 12, 31))


@given(everies, days, months)
def test_a_day_is_in_its_period_and_periods_meet(every: str, day: date, month: int) -> None:
    here = period_of(every, day, month=month)
    assert day in here
    assert previous(here, every).last + timedelta(days=1) == here.first
    assert following(previous(here, every), every) == here


def test_a_contracts_year_can_begin_with_any_quarter() -> None:
    assert year_of(date(2026, 6, 30), month=7) == Period(date(2025, 7, 1), date(2026, 6, 30))
    assert year_of(date(2026, 7, 1), month=7) == Period(date(2026, 7, 1), date(2027, 6, 30))
    assert year_until(date(2026, 6, 30)) == year_of(date(2026, 6, 30), month=7)
    assert year_until(date(2026, 12, 31)) == year_of(date(2026, 5, 1))


@given(days, months)
def test_no_year_around_a_day_begins_before_the_first_quarter_around_it(day: date, month: int) -> None:
    first = first_quarter_around(day)
    assert first.first <= year_of(day, month=month).first
    assert first.first == min(year_of(day, month=one).first for one in (1, 4, 7, 10))


def test_the_year_before_ends_with_february_as_it_was() -> None:
    assert year_before(quarter_of(date(2024, 2, 29))) == quarter_of(date(2023, 2, 1))
    assert year_before(year_of(date(2026, 5, 1))) == year_of(date(2025, 5, 1))


def test_months_end_on_their_last_days() -> None:
    assert month_ends(quarter_of(date(2028, 1, 9))) == (date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31))
    assert len(month_ends(year_of(date(2026, 1, 1)))) == 12
    ends = month_ends(year_of(date(2026, 1, 1), month=10))
    assert (len(ends), ends[0], ends[-1]) == (12, date(2025, 10, 31), date(2026, 9, 30))


def test_a_span_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        period_of("week", date(2026, 1, 1))
