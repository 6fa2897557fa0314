"""Intervals for the net promoter score, on the scale -1 to 1."""

from math import sqrt

from loyalty.metrics.intervals.clusters import ClusterSums, design_effect
from loyalty.metrics.intervals.interval import Interval, Z


def plain_nps(promoters: float, detractors: float, answers: float) -> Interval:
    """The textbook interval: variance (p + d - (p - d)^2) / n. Not clipped, and nothing at all at -100 and 100.

    It is the formula to check others by; what is shown is `adjusted_nps`.
    """
    return _around(promoters / answers, detractors / answers, answers)


def adjusted_nps(promoters: int, detractors: int, answers: int, *, design_effect: float = 1.0) -> Interval:
    """The interval that is shown: honest at -100 and 100, and with few answers.

    One promoter and one detractor are added before the plain interval is taken, which is then clipped to -1..1:
    Bonett and Price (2012, Journal of Educational and Behavioral Statistics 37(4)), made for the difference of
    two paired proportions, which is the same trinomial difference. Of the add-count intervals that Rocks (2016, The
    American Statistician 70(4)) and Agresti and Min (2005, Statistics in Medicine 24) compare it has the
    best worst case; its exact coverage is computed in the tests.

    `design_effect` shrinks the sample where patients answer more than once (see `nps_design_effect`).

    Raises ValueError without answers or with more promoters and detractors than answers.
    """
    if answers <= 0:
        raise ValueError("A net promoter score needs at least one answer.")
    if promoters < 0 or detractors < 0 or promoters + detractors > answers:
        raise ValueError("Promoters and detractors must be counts that add up to no more than the answers.")
    total = answers / design_effect + 2
    return _around((promoters / design_effect + 1) / total, (detractors / design_effect + 1) / total, total).clipped(
        -1.0, 1.0
    )


def nps_design_effect(sums: ClusterSums, *, promoters: int, detractors: int) -> float:
    """The design effect of a net score whose patients may answer more than once; 1 where none does."""
    if not sums.has_repeats:
        return 1.0
    promoting, detracting = promoters / sums.trials, detractors / sums.trials
    commonest = max(promoters, detractors, sums.trials - promoters - detractors)
    return design_effect(
        sums,
        unit_variance=promoting + detracting - (promoting - detracting) ** 2,
        rare_events=sums.trials - commonest,
    )


def _around(promoting: float, detracting: float, answers: float) -> Interval:
    net = promoting - detracting
    half = Z * sqrt(max(promoting + detracting - net**2, 0.0) / answers)
    return Interval(net - half, net + half)
