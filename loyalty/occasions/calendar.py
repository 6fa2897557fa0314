"""Recurring days. 29 February falls on 28 February in common years."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date, timedelta

LONGEST = 366


def falls_in(year: int, month: int, day: int) -> date:
    """The date in `year` of what recurs on `month` and `day`."""
    return date(year, 2, 28) if (month, day) == (2, 29) and not isleap(year) else date(year, month, day)


def next_on(month: int, day: int, *, first: date) -> date:
    """When it next falls, on `first` or later."""
    this_year = falls_in(first.year, month, day)
    return this_year if this_year >= first else falls_in(first.year + 1, month, day)


def recurring_days(*, first: date, days: int) -> Mapping[tuple[int, int], date]:
    """(month, day) → the date on which it falls, for each of `days` days from `first`; at most a year of them."""
    if not 1 <= days <= LONGEST:
        raise ValueError(f"days must lie between 1 and {LONGEST}, not {days}")
    dates = [first + timedelta(days=number) for number in range(days)]
    # From the last to the first: of a day that comes twice within a year and a day, the nearer one counts.
    found = {(one.month, one.day): one for one in reversed(dates)}
    for one in reversed(dates):
        if (one.month, one.day) == (2, 28) and not isleap(one.year):
            found[2, 29] = one
    return found
