"""Quiet hours: no message between nine in the evening and eight in the morning where the patient is."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8, 0), time(21, 0)
_DAYS_AHEAD = 3


def next_open(now: datetime, zones: Sequence[ZoneInfo]) -> datetime | None:
    """The first moment from `now` that is no quiet hour in any of `zones`; `now` itself where it is none.

    None where there is no such hour within three days. Raises ValueError without a zone: then nothing is known.
    """
    if not zones:
        raise ValueError("quiet hours need a time zone")
    mornings = [
        datetime.combine(now.astimezone(zone).date() + timedelta(days=n), OPENS, tzinfo=zone).astimezone(UTC)
        for zone in zones
        for n in range(_DAYS_AHEAD)
    ]
    moments = [now, *sorted(morning for morning in mornings if morning > now)]
    return next((at for at in moments if all(_is_open(at, zone) for zone in zones)), None)


def _is_open(at: datetime, zone: ZoneInfo) -> bool:
    return OPENS <= at.astimezone(zone).time() < CLOSES
