"""Days on the wall and the instants at which they begin, for many rows at once."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from loyalty.metrics.columns import EPOCH, Ints
from loyalty.metrics.windows import day_starts

_EPOCH_INSTANT = datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=UTC)
DAY = 86_400


def second_of(instant: datetime) -> int:
    """Seconds since EPOCH."""
    return (instant - _EPOCH_INSTANT) // timedelta(seconds=1)


# A worker computes practice after practice, and most are in the same few time zones.
@lru_cache(maxsize=65_536)
def _second_after(zone: ZoneInfo, day: int) -> int:
    """The second at which the day ends."""
    return second_of(day_starts(date.fromordinal(EPOCH.toordinal() + day + 1), zone))


def ends_of(zone: ZoneInfo, days: range) -> Ints:
    """The second at which each of the days ends."""
    return np.array([_second_after(zone, one) for one in days], dtype=np.int64)


def days_of(second: Ints, location: Ints, zones: tuple[ZoneInfo, ...]) -> Ints:
    """The day on which each second falls at its location, the position of its time zone among `zones`."""
    day = second // DAY
    for number, zone in enumerate(zones):
        here = np.flatnonzero(location == number)
        if here.size:
            # No clock is a whole day off UTC.
            first, last = int(day[here].min()) - 1, int(day[here].max()) + 1
            day[here] = first + np.searchsorted(ends_of(zone, range(first, last)), second[here], side="right")
    return day
