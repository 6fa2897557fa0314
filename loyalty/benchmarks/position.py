"""The viewer's place: one of six bands, from released figures and its own value only.

An exact percentile would answer threshold questions ("is anybody below 40 %?") at values a member can fake.
"""

from bisect import bisect_left, bisect_right
from enum import Enum

from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Better


class Band(Enum):
    """Between which released quantiles a value lies, counted from the lowest values up."""

    BELOW_P10 = "below P10"
    P10_TO_P25 = "P10 to P25"
    P25_TO_P50 = "P25 to P50"
    P50_TO_P75 = "P50 to P75"
    P75_TO_P90 = "P75 to P90"
    ABOVE_P90 = "above P90"

    def standing(self, better: Better) -> int:
        """From 0 (worst) to 5 (best). Raises ValueError where neither end is better."""
        if better is Better.NEITHER:
            raise ValueError("Where neither more nor less is better no place is good or bad.")
        place = list(Band).index(self)
        return place if better is Better.HIGHER else len(Band) - 1 - place


def band(value: float, quantiles: Quantiles) -> Band:
    """The band of the viewer's own value.

    A value that equals a released quantile belongs to the band next to the median, and the median itself to
    P50 to P75: being as good as P75 is not yet being better than three quarters.
    """
    edges = list(quantiles)
    lowest, highest = bisect_left(edges, value), bisect_right(edges, value)
    above_the_median = 3
    return list(Band)[min(max(above_the_median, lowest), highest)]
