"""Closed months, the rolling twelve months that end with them, and when they are complete.

How the rules of the domain are read here:

- A day is a date in the time zone of the visit's location. Windows are ranges of such dates, so a practice with
  locations in two zones has the same dates in its window, not the same instants.
- A month is closed once it has ended at *every* location of the practice.
- There is one window per metric: the twelve months that end with the month of the figure. Where a metric must
  wait X days to know (180 days for a return), its *index* window is that window moved back by X days: exactly the
  visits whose X-th day falls in the twelve months. So a closed month never changes by mere waiting.
- Retention asks the same of a whole window: its index window moved back by R days ends R days before the month
  does, and those R days are its follow-up.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WINDOW_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. `Month(2026, 9)`, printed and parsed as "2026-09"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1 <= self.year <= 9998:
            raise ValueError(f"{self.year}-{self.month} is not a month: write it like 2026-09.")

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written as YYYY-MM; raises ValueError with what to write instead."""
        year, dash, month = text.partition("-")
        if not (dash and len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()):
            raise ValueError(f"{text!r} is not a month: write it like 2026-09.")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def shifted(self, months: int) -> "Month":
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, month + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day that is no longer in the month."""
        return self.shifted(1).first

    @property
    def quarter(self) -> "Month":
        """The first month of its calendar quarter."""
        return Month(self.year, (self.month - 1) // 3 * 3 + 1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` up to, but without, `end`."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if not self.first < self.end:
            raise ValueError(f"A window has at least one day: {self.first} is not before {self.end}.")

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    def earlier(self, days: int) -> "Window":
        moved = timedelta(days=days)
        return Window(self.first - moved, self.end - moved)

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The UTC instants at which the window begins and has ended in `zone`."""
        return day_starts(self.first, zone), day_starts(self.end, zone)


def day_starts(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which `day` begins in `zone`.

    Where clocks jump over midnight (Beirut in March) the day begins with the jump; where midnight comes twice
    (Havana in November) with the first. Either way an instant is on or after `day` there if and only if it is
    at or after the returned one. (Where clocks fell back from just after midnight to the day before, as in
    St. John's until 2011, the hour that comes again belongs to the later day.)
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def window(month: Month, *, months: int = WINDOW_MONTHS) -> Window:
    """The rolling window of a month's figure: by default the twelve months that end with it."""
    return Window(month.shifted(1 - months).first, month.end)


def index_window(month: Month, *, look_ahead_days: int) -> Window:
    """The days whose visits a look-ahead metric counts for `month`: those whose X-th day falls in its window."""
    return window(month).earlier(look_ahead_days)


def follow_up(month: Month, *, look_ahead_days: int) -> Window:
    """The days after the index window in which retention looks for another visit; they end with the month."""
    return Window(month.end - timedelta(days=look_ahead_days), month.end)


def is_closed(month: Month, *, now: datetime, zones: Collection[ZoneInfo]) -> bool:
    """Whether the month has ended at every location. Raises ValueError without a zone or with a naive `now`."""
    return month <= last_closed_month(now=now, zones=zones)


def last_closed_month(*, now: datetime, zones: Collection[ZoneInfo]) -> Month:
    """The latest month that has ended in all of `zones`."""
    if now.tzinfo is None:
        raise ValueError("`now` must carry a time zone.")
    if not zones:
        raise ValueError("A practice needs a location with a time zone before its months can close.")
    return min(Month.of(now.astimezone(zone).date()) for zone in zones).shifted(-1)


def months_to_compute(
    *, first_day: date | None, now: datetime, zones: Collection[ZoneInfo], at_most: int = 36
) -> list[Month]:
    """The closed months that a practice can have figures for, oldest first: from the month of `first_day`, its
    first recorded visit, to the last closed one, and at most the latest `at_most`. Empty before one has closed.
    """
    if first_day is None:
        return []
    last = last_closed_month(now=now, zones=zones)
    first = max(Month.of(first_day), last.shifted(1 - at_most))
    months = []
    while first <= last:
        months.append(first)
        first = first.shifted(1)
    return months
