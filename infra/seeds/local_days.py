"""Moments as whole seconds since 1970 and days as ordinals: fast to reckon with, turned into text only when written."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

_EPOCH = date(1970, 1, 1).toordinal()
DAY = 86_400
NOON = 720


class LocalDays:
    """The days of one time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._noons: dict[int, int] = {}

    def at(self, day: int, minute: int) -> int:
        """When it is `minute` minutes after midnight on the ordinal `day` here. For hours after the clocks change."""
        noon = self._noons.get(day)
        if noon is None:
            noon = int(datetime.fromordinal(day).replace(hour=12, tzinfo=self.zone).timestamp())
            self._noons[day] = noon
        return noon + (minute - NOON) * 60

    def day_of(self, seconds: int) -> int:
        """The ordinal of the date on the wall at that moment."""
        return datetime.fromtimestamp(seconds, self.zone).toordinal()


def seconds_of(moment: datetime) -> int:
    return int(moment.timestamp())


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@cache
def day_text(day: int) -> str:
    """2026-11-23"""
    return date.fromordinal(day).isoformat()


@cache
def _clock_text(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+00"


def moment_text(seconds: int) -> str:
    """2026-11-23 17:00:00+00"""
    days, second = divmod(seconds, DAY)
    return f"{day_text(days + _EPOCH)} {_clock_text(second)}"
