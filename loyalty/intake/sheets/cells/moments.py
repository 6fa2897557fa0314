"""Times of a visit, at the wall clock of its location or with an offset of their own."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from core.sheets.cells.dates import read_day
from core.sheets.cells.faults import CellFault, quoted

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?")
_OFFSET = re.compile(r"\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_AT = re.compile(r"^(.*?\d)(?:T|,?\s+(?:at\s+)?)(\d{1,2}(?:[:.h]\d{2}.*|\s*[AaPp]\.?[Mm]\.?))$", re.S)
NOON = time(12)
_HOURS, _HALF = 24, 12


def read_clock(text: str) -> time:
    """ "3:45 PM", "15:45", "3pm". Raises CellFault."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not (found[2] or found[4]):
        raise CellFault(f"{quoted(text)} is not a time of day")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= _HALF:
            raise CellFault(f"{quoted(text)} is not a time of day")
        hour = hour % _HALF + (_HALF if found[4] in "Pp" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise CellFault(f"{quoted(text)} is not a time of day") from None


def read_moment(text: str, *, order: str, zone: ZoneInfo, latest: date) -> datetime:
    """A day with or without its time, in UTC; without: noon there. Raises CellFault."""
    found = _AT.match(text)
    if found is None:
        return at(read_day(text, order=order, latest=latest), NOON, zone)
    day, rest = read_day(found[1], order=order, latest=latest), found[2]
    offset = _OFFSET.search(rest)
    if offset is None:
        return at(day, read_clock(rest), zone)
    clock = read_clock(rest[: offset.start()])
    return datetime.combine(day, clock, tzinfo=_zone(offset[1])).astimezone(UTC)


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When the wall showed it. Of an hour that came twice the first; one that was skipped, an hour later."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours >= _HOURS or minutes >= 60:
        raise CellFault(f"{quoted(text)} is not a time zone")
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
