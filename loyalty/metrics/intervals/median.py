"""The interval of a median, by order statistics: it assumes no shape."""

from functools import lru_cache
from math import exp, floor, inf, lgamma, log, sqrt

from loyalty.metrics.intervals.interval import CONFIDENCE, Interval, Z
from loyalty.metrics.quantile import Ascending


@lru_cache(maxsize=4096)
def median_ranks(count: int) -> tuple[int, int] | None:
    """1-based ranks of the two order statistics that bound the median with at least 95 % confidence.

    The number of observations below the median is binomial (count, 1/2), so the ranks are the innermost pair
    (r, count + 1 - r) with 2 P(X < r) <= 5 % (David and Nagaraja 2003, Order Statistics, 7.1). None for
    fewer than 6 observations: no pair reaches 95 %.
    """
    if count < 0:
        raise ValueError("A count cannot be negative.")
    rank = max(floor((count + 1 - Z * sqrt(count)) / 2), 0)
    while rank and 2 * _fewer_than(rank, count) > 1 - CONFIDENCE:
        rank -= 1
    while 2 * _fewer_than(rank + 1, count) <= 1 - CONFIDENCE:
        rank += 1
    return (rank, count + 1 - rank) if rank else None


def median_interval(ordered: Ascending, *, low: float = 0.0, high: float = inf) -> Interval:
    """The 95 % interval of the median of an ascending sequence; `low` to `high` where fewer than 6 bound nothing.

    Observations are taken as independent. Raises ValueError for an empty sequence.
    """
    if not len(ordered):
        raise ValueError("A median needs at least one value.")
    ranks = median_ranks(len(ordered))
    if ranks is None:
        return Interval(low, high)
    return Interval(ordered[ranks[0] - 1], ordered[ranks[1] - 1])


def _fewer_than(rank: int, count: int) -> float:
    """P(X < rank) for X binomial (count, 1/2), summed from its largest term down until the rest is nothing."""
    below = rank - 1
    if below < 0:
        return 0.0
    term = exp(lgamma(count + 1) - lgamma(below + 1) - lgamma(count - below + 1) - count * log(2))
    total = 0.0
    while term > total * 1e-17:
        total += term
        term *= below / (count - below + 1)
        below -= 1
    return total
