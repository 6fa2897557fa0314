"""The interval of a median, by order statistics: it assumes no shape."""

from collections.abc import Sequence
from functools import lru_cache
from math import inf

from loyalty.metrics.intervals.interval import CONFIDENCE, Interval


@lru_cache(maxsize=4096)
def median_ranks(count: int) -> tuple[int, int] | None:
    """1-based ranks of the two order statistics that bound the median with at least 95 % confidence.

    The number of observations below the median is binomial (count, 1/2), so the ranks are the innermost pair
    (r, count + 1 - r) with 2 P(X < r) <= 5 % (David and Nagaraja 2003, Order Statistics, 7.1). Computed in
    whole numbers, without rounding. None for fewer than 6 observations: no pair reaches 95 %.
    """
    if count < 0:
        raise ValueError("A count cannot be negative.")
    # 2 * (sum of C(count, j) for j < rank) / 2**count <= 1/20, without fractions
    allowed = round(1 / (1 - CONFIDENCE))
    rank, below, term = 0, 0, 1
    while 2 * allowed * (below + term) <= 2**count:
        below += term
        term = term * (count - rank) // (rank + 1)
        rank += 1
    return (rank, count + 1 - rank) if rank else None


def median_interval(ordered: Sequence[float], *, low: float = 0.0, high: float = inf) -> Interval:
    """The 95 % interval of the median of an ascending sequence; `low` to `high` where fewer than 6 bound nothing.

    Observations are taken as independent. Raises ValueError for an empty sequence.
    """
    if not ordered:
        raise ValueError("A median needs at least one value.")
    ranks = median_ranks(len(ordered))
    if ranks is None:
        return Interval(low, high)
    return Interval(ordered[ranks[0] - 1], ordered[ranks[1] - 1])
