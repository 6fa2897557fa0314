"""The federal holidays of the United States by rule, on the days they are observed (5 U.S.C. 6103)."""

from dataclasses import dataclass
from datetime import date, timedelta

_MONDAY, _THURSDAY = 0, 3


@dataclass(frozen=True, slots=True, order=True)
class FederalHoliday:
    """day: when people have it off. is_moved: it fell on a weekend, so another day is observed."""

    day: date
    name: str
    is_moved: bool = False


def federal_holidays(*, first: date, last: date) -> list[FederalHoliday]:
    """Those observed from `first` to `last`, in order."""
    # New Year's Day on a Saturday is observed in the year before.
    found = [one for year in range(first.year, last.year + 2) for one in _of_year(year)]
    return sorted(one for one in found if first <= one.day <= last)


def _of_year(year: int) -> list[FederalHoliday]:
    fixed = {
        "New Year’s Day": date(year, 1, 1),
        "Juneteenth": date(year, 6, 19),
        "Independence Day": date(year, 7, 4),
        "Veterans Day": date(year, 11, 11),
        "Christmas Day": date(year, 12, 25),
    }
    moving = {
        "Martin Luther King Jr. Day": _nth(year, 1, _MONDAY, 3),
        "Presidents’ Day": _nth(year, 2, _MONDAY, 3),
        "Memorial Day": _nth(year, 6, _MONDAY, 1) - timedelta(days=7),
        "Labor Day": _nth(year, 9, _MONDAY, 1),
        "Columbus Day": _nth(year, 10, _MONDAY, 2),
        "Thanksgiving Day": _nth(year, 11, _THURSDAY, 4),
    }
    observed = [FederalHoliday(_observed(day), name, is_moved=_observed(day) != day) for name, day in fixed.items()]
    return [*observed, *(FederalHoliday(day, name) for name, day in moving.items())]


def _observed(day: date) -> date:
    match day.weekday():
        case 5:
            return day - timedelta(days=1)
        case 6:
            return day + timedelta(days=1)
    return day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
