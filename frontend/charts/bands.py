"""The viewer's place among the practices, as one of six bands. Never an exact percentile."""

from enum import Enum

from frontend.charts.quantiles import Quantiles
from loyalty.metrics.definition import Better


class Band(Enum):
    """A band between released quantiles: its word, the same by the values, and a tone that only repeats the word.

    Bands are named by how good the place is: where lower is better, the lowest values are in the top band.
    """

    TOP_TENTH = ("Top tenth", "Above P90", "good")
    TOP_QUARTER = ("Top quarter", "P75 to P90", "good")
    UPPER_MIDDLE = ("Upper middle", "P50 to P75", "")
    LOWER_MIDDLE = ("Lower middle", "P25 to P50", "")
    LOWER_QUARTER = ("Lower quarter", "P10 to P25", "low")
    LOWEST_TENTH = ("Lowest tenth", "Below P10", "low")

    @property
    def tone(self) -> str:
        return self.value[2]

    def word_where(self, better: Better) -> str:
        """The word that praises or warns; only the place itself where neither more nor less is better."""
        return self.value[1] if better is Better.NEITHER else self.value[0]


def band(value: float, quantiles: Quantiles, *, lower_is_better: bool = False) -> Band:
    """Return the band of the viewer's own value among released quantiles.

    A value on a quantile belongs to the band next to the median, so that being equal to P75 is not yet "top";
    the median itself is in the upper middle.
    """
    q = quantiles.reversed() if lower_is_better else quantiles
    own = -value if lower_is_better else value
    if own > q.p75:
        return Band.TOP_TENTH if own > q.p90 else Band.TOP_QUARTER
    if own < q.p25:
        return Band.LOWEST_TENTH if own < q.p10 else Band.LOWER_QUARTER
    return Band.UPPER_MIDDLE if own >= q.p50 else Band.LOWER_MIDDLE
