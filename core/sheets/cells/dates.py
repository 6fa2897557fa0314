"""Dates as people and programs write them. Whether 3/4 is in March or in April, the column says, or a person."""

import re
from dataclasses import dataclass
from datetime import date

from core.months import MONTHS
from core.sheets.cells.faults import CellFault, quoted

MONTH_FIRST, DAY_FIRST = "mdy", "dmy"

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?", re.S)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/., ]+(\d{4}|\d{2})(?:[T ,].*)?", re.S)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NO_YEAR = re.compile(r"-{0,2}(\d{1,2})[-/.](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[-/. ]+)?"
    r"([A-Za-z]{3,9})\.?[-/., ]*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[-/., ]+)?"
    r"(\d{4}|\d{2})?(?:[T ,].*)?",
    re.S,
)
_FULL = tuple(month.lower() for month in MONTHS)
_SHORT = tuple(month[:3] for month in _FULL)
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Written:
    """year: None for a birthday of which nobody wrote the year. month, day: None where the end is unknown."""

    year: int | None
    month: int | None = None
    day: int | None = None


def order_of(text: str) -> str:
    """What a date tells of the order in its column: MONTH_FIRST, DAY_FIRST, "either", or "" for nothing."""
    found = _YEAR_LAST.fullmatch(text) or _NO_YEAR.fullmatch(text)
    if found is None:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > _MOST_MONTHS and second <= _MOST_MONTHS:
        return DAY_FIRST
    if second > _MOST_MONTHS and first <= _MOST_MONTHS:
        return MONTH_FIRST
    # 5/5 says nothing, and it does not matter there.
    return "" if first == second or first > _MOST_MONTHS else "either"


def read_written(text: str, *, order: str, latest: date) -> Written:
    """The parts as written; whether they make a day is asked later. latest: a year of two digits lies not after it.

    Raises CellFault for what is no date.
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return Written(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := _YEAR_LAST.fullmatch(text):
        month, day = _ordered(int(found[1]), int(found[2]), order)
        return Written(_century(found[3], latest), month, day)
    if found := _COMPACT.fullmatch(text):
        return Written(int(found[1]), int(found[2]), int(found[3]))
    if _YEAR.fullmatch(text):
        return Written(int(text))
    if found := _MONTH_YEAR.fullmatch(text):
        return Written(int(found[2]), int(found[1]))
    if found := _NO_YEAR.fullmatch(text):
        month, day = _ordered(int(found[1]), int(found[2]), order)
        return Written(None, month, day)
    if found := _NAMED.fullmatch(text):
        return _named(text, found, latest)
    raise CellFault(f"{quoted(text)} is not a date")


def read_day(text: str, *, order: str, latest: date) -> date:
    """A whole day. Raises CellFault."""
    parts = read_written(text, order=order, latest=latest)
    if parts.year is None or parts.month is None or parts.day is None:
        raise CellFault(f"{quoted(text)} is not a whole date")
    try:
        return date(parts.year, parts.month, parts.day)
    except ValueError:
        raise CellFault(f"{quoted(text)} is a day that no calendar has") from None


def _ordered(first: int, second: int, order: str) -> tuple[int, int]:
    """(month, day). Where only one of them can be a month, the column's order does not matter."""
    if first > _MOST_MONTHS >= second:
        return second, first
    if second > _MOST_MONTHS >= first:
        return first, second
    return (second, first) if order == DAY_FIRST else (first, second)


def _named(text: str, found: "re.Match[str]", latest: date) -> Written:
    word = found[2].lower()
    month = _SHORT.index(word[:3]) + 1 if word in (*_FULL, *_SHORT, "sept") else 0
    day = found[1] or found[3]
    if not month or (found[1] and found[3]):
        raise CellFault(f"{quoted(text)} is not a date")
    if found[4] is None and day is None:
        raise CellFault(f"{quoted(text)} is not a whole date")
    return Written(_century(found[4], latest) if found[4] else None, month, int(day) if day else None)


def _century(digits: str, latest: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = latest.year // 100 * 100 + int(digits)
    return year if year <= latest.year else year - 100
