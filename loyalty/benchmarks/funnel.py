"""Luck or skill: limits around the released median that practices leave only rarely by chance.

Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24: the variance
between practices is added to the sampling variance, because practices really differ. Made from released figures and the
viewer's own figure only.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Kind
from loyalty.metrics.figure import Figure
from loyalty.metrics.intervals import Interval

INNER, OUTER = 0.95, 0.998
_MIDDLE_HALF = 2 * NormalDist().inv_cdf(0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """What the limits are drawn from, in display units (percent points, points of score).

    center: the released median. unit_variance: sampling variance of one observation, repeat patients included.
    between: standard deviation between practices. low, high: the range limits are cut to.
    """

    center: float
    unit_variance: float
    between: float
    low: float
    high: float

    def limits(self, n: int, share: float = INNER) -> Interval:
        """Where `share` of the practices with n observations lie. Raises ValueError for n below 1."""
        if n < 1:
            raise ValueError("Limits need at least one observation.")
        reach = NormalDist().inv_cdf((1 + share) / 2) * sqrt(self.unit_variance / n + self.between**2)
        return Interval(self.center - reach, self.center + reach).clipped(self.low, self.high)


def has_funnel(kind: Kind) -> bool:
    """Shares and NPS have a known sampling variance; medians and counts do not."""
    return kind in (Kind.PROPORTION_VISIT, Kind.PROPORTION_PATIENT, Kind.NPS)


def funnel(quantiles: Quantiles, own: Figure) -> Funnel:
    """The funnel around the released median, for a viewer with the figure `own`.

    The sampling variance is that of a practice at the median, not of the viewer's own value: a share p varies by
    p (1 - p); a net score m by q - m squared, with the viewer's own share q of non-passive answers (as far as the
    median allows), because the network's is not released. Both are widened by the viewer's own design effect.

    Raises ValueError for a metric without a funnel (`has_funnel`).
    """
    definition = own.definition
    if not has_funnel(definition.kind):
        raise ValueError(f"{definition.key} has no funnel: only shares and net scores do.")
    center = quantiles.p50 / 100
    mean_square = max(own.decided, abs(center)) if definition.kind is Kind.NPS else center
    variance = mean_square - center**2
    return Funnel(
        center=quantiles.p50,
        unit_variance=10_000 * variance * own.design_effect,
        between=between_practices(quantiles),
        low=definition.low,
        high=definition.high,
    )


def between_practices(quantiles: Quantiles) -> float:
    """The standard deviation between practices that the released quartiles imply, were it normal.

    It still holds some sampling noise, which cannot be taken off without the others' sizes; so the limits are
    rather too wide than too narrow, and nobody is singled out by chance.
    """
    return (quantiles.p75 - quantiles.p25) / _MIDDLE_HALF
