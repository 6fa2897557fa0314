"""The periods of rebate programs: the quarters and years of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from billing.purchasing.accrual import Period
from billing.purchasing.models import Every


def quarter_of(day: date) -> Period:
    month = day.month - (day.month - 1) % 3
    return Period(date(day.year, month, 1), _end_of_month(day.year, month + 2))


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def period_of(every: str, day: date) -> Period:
    """The period that `day` is in. every: a value of Every; raises ValueError for another."""
    match Every(every):
        case Every.QUARTER:
            return quarter_of(day)
        case Every.YEAR:
            return year_of(day)


def previous(period: Period, every: str) -> Period:
    """The one that ended the day before `period` began."""
    return period_of(every, period.first - timedelta(days=1))


def following(period: Period, every: str) -> Period:
    """The one that begins the day after `period` ended."""
    return period_of(every, period.last + timedelta(days=1))


def year_before(period: Period) -> Period:
    """The same quarter, or year, of the year before."""
    first, last = period.first, period.last
    return Period(first.replace(year=first.year - 1), _end_of_month(last.year - 1, last.month))


def month_ends(period: Period) -> tuple[date, ...]:
    """The last day of each of its months, in order."""
    year = period.first.year
    return tuple(_end_of_month(year, month) for month in range(period.first.month, period.last.month + 1))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
