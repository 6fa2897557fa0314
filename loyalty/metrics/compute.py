"""All figures of the practice that the caller has entered, for many months at once: one query, then sums."""

from collections.abc import Iterator, Sequence

from loyalty.metrics.counting.coming_back import coming_back
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.counting.experience import experience
from loyalty.metrics.counting.habits import habits
from loyalty.metrics.counting.said import said
from loyalty.metrics.counting.size import size
from loyalty.metrics.counting.word_of_mouth import word_of_mouth
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
from loyalty.metrics.records import reading
from loyalty.metrics.rolling import Span
from loyalty.metrics.visit_days import visit_days
from loyalty.metrics.windows import Month, index_window


def compute(*, months: Sequence[Month]) -> dict[Month, dict[str, Figure]]:
    """The figures of each month by the key of their definition; a metric that is absent has no entry.

    `months` must be consecutive, oldest first, and closed (see `windows.months_to_compute`). Nothing is written.
    """
    if not months:
        return {}
    span = Span.of(months)
    longest = max(definition.look_ahead_days for definition in DEFINITIONS.values())
    found: dict[Month, dict[str, Figure]] = {month: {} for month in months}
    with reading(index_window(span.first, look_ahead_days=longest).first) as records:
        counted = Counted(days=visit_days(records.visits, records.zones), records=records, span=span)
        for definition, series in _all(counted):
            for month, made in zip(months, series, strict=True):
                if made is not None:
                    found[month][definition.key] = made
    return found


def _all(counted: Counted) -> Iterator[Series]:
    """In the order in which records come: what visits tell, what was planned for them, what was said."""
    yield from size(counted)
    yield from coming_back(counted)
    yield from habits(counted)
    yield experience(counted)
    yield from said(counted)
    yield from word_of_mouth(counted)
