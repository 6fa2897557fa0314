"""How often somebody comes, and when they are expected again."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from loyalty.metrics.quantile import quantile

# With fewer visits there is no habit to speak of.
FEWEST_VISITS = 3
# A habit is never known to the day.
LEAST_ROOM = 7


def usual_interval(days: Sequence[date]) -> int | None:
    """Median days between visits on `days` (ascending, each once); None below three visits."""
    return round(quantile(_gaps(days), 0.5)) if len(days) >= FEWEST_VISITS else None


def expected_back(days: Sequence[date]) -> tuple[date, date] | None:
    """When the next visit was or is expected: the middle half of the gaps so far, after the last visit.

    At least a week on either side of the median. None below three visits.
    """
    if len(days) < FEWEST_VISITS:
        return None
    gaps = _gaps(days)
    median = quantile(gaps, 0.5)
    first = min(quantile(gaps, 0.25), median - LEAST_ROOM)
    last = max(quantile(gaps, 0.75), median + LEAST_ROOM)
    return days[-1] + timedelta(days=max(round(first), 1)), days[-1] + timedelta(days=round(last))


def _gaps(days: Sequence[date]) -> list[float]:
    return sorted(float((after - before).days) for before, after in pairwise(days))
