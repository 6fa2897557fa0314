"""What a practice sees of the quality of its own records."""

from datetime import datetime
from zoneinfo import ZoneInfo

from loyalty.metrics.windows import last_closed_month
from loyalty.models import Location
from loyalty.quality.months import MonthQuality, quality_of

MONTHS = 12


def own_quality(*, now: datetime) -> list[MonthQuality]:
    """Of the last twelve closed months, the newest first, of the practice that the caller has entered. Three
    queries."""
    zones = {ZoneInfo(name) for name in Location.objects.values_list("time_zone", flat=True)}
    if not zones:
        return []
    last = last_closed_month(now=now, zones=zones)
    return quality_of([last.shifted(-back) for back in reversed(range(MONTHS))])[::-1]
