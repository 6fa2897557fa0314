"""The periods of rebate programs: quarters of the calendar, and years that begin with one of them.

A contract's year may begin with any quarter: on January 1, April 1, July 1 or October 1.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from billing.purchasing.accrual import Period
from billing.purchasing.models import Every

_MONTHS = 12
_ORDINALS = ("first", "second", "third", "fourth")


def quarter_of(day: date) -> Period:
    month = day.month - (day.month - 1) % 3
    return Period(date(day.year, month, 1), _end_of_month(day.year, month + 2))


def quarter_number(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_ordinal(day: date) -> str:
    """What the quarter is called: "first" to "fourth"."""
    return _ORDINALS[quarter_number(day) - 1]


def year_of(day: date, *, month: int = 1) -> Period:
    """The year that `day` is in, of those that begin on the first of `month`."""
    first = date(day.year if day.month >= month else day.year - 1, month, 1)
    return Period(first, date(first.year + 1, month, 1) - timedelta(days=1))


def period_of(every: str, day: date, *, month: int = 1) -> Period:
    """The period that `day` is in. every: a value of Every; raises ValueError for another. month: the one that years
    begin with; quarters take no notice of it.
    """
    match Every(every):
        case Every.QUARTER:
            return quarter_of(day)
        case Every.YEAR:
            return year_of(day, month=month)


def previous(period: Period, every: str) -> Period:
    """The one that ended the day before `period` began."""
    return period_of(every, period.first - timedelta(days=1), month=period.first.month)


def following(period: Period, every: str) -> Period:
    """The one that begins the day after `period` ended."""
    return period_of(every, period.last + timedelta(days=1), month=period.first.month)


def year_before(period: Period) -> Period:
    """The same quarter, or year, of the year before."""
    first, last = period.first, period.last
    return Period(first.replace(year=first.year - 1), _end_of_month(last.year - 1, last.month))


def year_until(last: date) -> Period:
    """The year that ends with `last`, the last day of a month."""
    return year_of(last, month=last.month % _MONTHS + 1)


def first_quarter_around(day: date) -> Period:
    """The earliest quarter with which a year that `day` is in can begin."""
    first = quarter_of(day).first
    return quarter_of(year_of(first, month=(first.month + 2) % _MONTHS + 1).first)


def month_ends(period: Period) -> tuple[date, ...]:
    """The last day of each of its months, in order."""
    first = period.first.year * _MONTHS + period.first.month - 1
    last = period.last.year * _MONTHS + period.last.month - 1
    return tuple(_end_of_month(month // _MONTHS, month % _MONTHS + 1) for month in range(first, last + 1))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
