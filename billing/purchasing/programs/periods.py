"""The periods of rebate programs: a month, a quarter, half a year or a year, from the first day of any month on.

A length in months and the month that one of them begins with say all of them. Quarters that nobody says a month of are
those of the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from billing.purchasing.accrual import Period
from billing.purchasing.models import Every

_MONTHS = 12
_ORDINALS = ("first", "second", "third", "fourth")


def quarter_of(day: date) -> Period:
    """Of the calendar."""
    return period_of(Every.QUARTER, day)


def quarter_number(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_ordinal(day: date) -> str:
    """What the quarter is called: "first" to "fourth"."""
    return _ORDINALS[quarter_number(day) - 1]


def period_of(every: str, day: date, *, month: int = 1) -> Period:
    """The period that `day` is in. every: a value of Every; raises ValueError for another. month: one that such periods
    begin with.
    """
    length = Every(every).months
    return _span(_count(day) - (day.month - month) % length, length)


def previous(period: Period, every: str) -> Period:
    """The one that ended the day before `period` began."""
    return period_of(every, period.first - timedelta(days=1), month=period.first.month)


def following(period: Period, every: str) -> Period:
    """The one that begins the day after `period` ended."""
    return period_of(every, period.last + timedelta(days=1), month=period.first.month)


def year_before(period: Period) -> Period:
    """The same months of the year before."""
    first, last = period.first, period.last
    return Period(first.replace(year=first.year - 1), _end_of_month(last.year - 1, last.month))


def earliest_around(day: date) -> date:
    """The earliest day on which a period that `day` is in can begin, however long it is."""
    return _span(_count(day) - (_MONTHS - 1), 1).first


def is_end_of_month(day: date) -> bool:
    return day == _end_of_month(day.year, day.month)


def month_firsts(since: date, until: date) -> Iterator[date]:
    """The first day of each month from the one of `since` to the one of `until`, in order."""
    return (_span(month, 1).first for month in range(_count(since), _count(until) + 1))


def month_ends(period: Period) -> tuple[date, ...]:
    """The last day of each of its months, in order."""
    return tuple(_span(month, 1).last for month in range(_count(period.first), _count(period.last) + 1))


def is_between_periods(day: date, every: str, *, month: int) -> bool:
    """Whether such periods end the day before `day`, and another begins with it."""
    return period_of(every, day, month=month).first == day


def _count(day: date) -> int:
    """Months since the year 0."""
    return day.year * _MONTHS + day.month - 1


def _span(month: int, length: int) -> Period:
    last = month + length - 1
    return Period(date(month // _MONTHS, month % _MONTHS + 1, 1), _end_of_month(last // _MONTHS, last % _MONTHS + 1))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
