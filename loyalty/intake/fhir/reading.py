from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Reading:
    """How an export is read.

    zone: where times without an offset, and days, are taken to be: the practice's time zone.
    today: what has ended before it (an old address) is not read; nobody was born after it.
    """

    zone: ZoneInfo
    today: date
