"""The five quantiles the network releases: smoothed, because an unsmoothed quantile is some practice's value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, floor
from statistics import fmean

from loyalty.metrics.definition import Definition

PERCENTILES = (10, 25, 50, 75, 90)
FEWEST = 10
# From this many contributors on, five neighbors instead of three fit around P10 and P90 without pulling them inward.
FIVE_FROM = 20


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Five released quantiles in the unit of the metric, ascending. Raises ValueError if they are not."""

    p10: float
    p25: float
    p50: float
    p75: float
    p90: float

    def __post_init__(self) -> None:
        if list(self) != sorted(self):
            raise ValueError(f"Released quantiles must ascend: {list(self)}.")

    def __iter__(self) -> Iterator[float]:
        return iter((self.p10, self.p25, self.p50, self.p75, self.p90))


@cache
def neighbors(count: int, percentile: int) -> range:
    """The 0-based ranks, ascending, whose values are averaged into one quantile of `count` contributors.

    With the type 7 position of the quantile, (count - 1) percentile / 100, they are all order statistics at most
    1.5 places away from it (2.5 from 20 contributors on): three (five) of them, or one more where the position is
    halfway between two ranks, so that the median of an even number stays symmetric. With 10 contributors P10 is
    the mean of the lowest three; of 20, the mean of the lowest five.

    The ranges start and end no earlier for a higher percentile, so the quantiles ascend whatever the values.

    Raises ValueError for fewer than 10 contributors: there the neighbors of P10 would not fit.
    """
    if count < FEWEST:
        raise ValueError(f"A quantile needs at least {FEWEST} contributors, not {count}.")
    reach = Fraction(5 if count >= FIVE_FROM else 3, 2)
    # In whole numbers and fractions: rounding must not decide which practices are averaged.
    position = Fraction((count - 1) * percentile, 100)
    return range(ceil(position - reach), floor(position + reach) + 1)


def smoothed(values: Sequence[float], definition: Definition) -> Quantiles:
    """The five quantiles of the contributors' values: neighbors averaged, then rounded to the metric's precision."""
    ordered = sorted(values)
    return Quantiles(
        *(
            definition.rounded(fmean(ordered[rank] for rank in neighbors(len(ordered), percentile)))
            for percentile in PERCENTILES
        )
    )
