"""FHIR dates. A date of birth may end early (1980, 1980-05); a moment carries its offset."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loyalty.intake.fhir.quoting import quoted

FIRST_YEAR, LAST_YEAR = 1850, 2200

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,20})?)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
)


class DateError(ValueError):
    """No such date; `str(error)` completes a sentence that begins with the field's name."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the end may be unknown. A day is never without a month."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        if self.day is not None:
            return self.first
        if self.month is None:
            return date(self.year, 12, 31)
        return (self.first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """at: aware, UTC. day_only: only the day was written; `at` is then noon of it, which stays on that day."""

    at: datetime
    day_only: bool = False
    zone_assumed: bool = False


def parse_date(value: str) -> PartialDate:
    """A FHIR date, or the date part of a dateTime, as it is written. Raises DateError."""
    found = _DATE.fullmatch(value.partition("T")[0])
    if found is None:
        raise DateError(f"{quoted(value)} is not a date (write 1980, 1980-05 or 1980-05-17)")
    year = int(found[1])
    month, day = (int(part) if part else None for part in found.groups()[1:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"{quoted(value)} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateError(f"{quoted(value)} is not in the calendar") from None
    return PartialDate(year, month, day)


def parse_moment(value: str, *, zone: ZoneInfo) -> Moment:
    """A FHIR dateTime or instant in UTC. Raises DateError, also where it does not name a day.

    zone: where a time without offset, or a day without time, is taken to be.
    """
    if "T" not in value:
        day = parse_date(value)
        if day.day is None:
            raise DateError(f"{quoted(value)} does not say on which day")
        return Moment(datetime.combine(day.first, time(12), zone).astimezone(UTC), day_only=True)
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise DateError(f"{quoted(value)} is not a time (write 2026-05-17T09:30:00-07:00)")
    parse_date(value)
    leap = found["second"] == "60"
    try:
        written = datetime.fromisoformat(f"{value[:17]}59{value[19:]}" if leap else value)
    except ValueError:
        raise DateError(f"{quoted(value)} is not on the clock") from None
    at = written if written.tzinfo else written.replace(tzinfo=zone)
    return Moment(at.astimezone(UTC) + timedelta(seconds=leap), zone_assumed=written.tzinfo is None)
