"""Intervals for shares: Wilson for one trial a patient, patient-clustered where a patient can count more than once."""

from math import sqrt

from loyalty.metrics.intervals.clusters import ClusterSums, design_effect
from loyalty.metrics.intervals.interval import Interval, Z, student_t


def wilson(successes: float, trials: float, *, quantile: float = Z) -> Interval:
    """The Wilson score interval of a share (Wilson 1927), as shares from 0 to 1.

    Counts may be fractional: an effective sample size is. Raises ValueError without trials or outside 0..trials.
    """
    if trials <= 0:
        raise ValueError("A share needs at least one trial.")
    if not 0 <= successes <= trials:
        raise ValueError(f"Successes must be between 0 and {trials}, not {successes}.")
    share = successes / trials
    squared = quantile**2
    center = (share + squared / (2 * trials)) / (1 + squared / trials)
    half = quantile / (1 + squared / trials) * sqrt(share * (1 - share) / trials + squared / (4 * trials**2))
    # At the ends the limits are exactly 0 and 1; rounding must not leave the estimate outside.
    low = 0.0 if successes == 0 else min(max(center - half, 0.0), share)
    high = 1.0 if successes == trials else max(min(center + half, 1.0), share)
    return Interval(low, high)


def clustered_proportion(sums: ClusterSums, *, effect: float | None = None) -> Interval:
    """The 95 % interval of a visit-level share whose patients repeat, as shares from 0 to 1.

    A Wilson interval on the effective sample size, trials over design effect, with Student's t on patients - 1
    degrees of freedom. Wilson on the effective size is what Franco, Little, Louis and Slud (2019, Journal of
    Survey Statistics and Methodology 7(3)) recommend for clustered samples; t is Korn and Graubard's (1998,
    Survey Methodology 24). At 0 % and 100 % the design effect is the worst case (see `design_effect`), so
    that 40 perfect visits of 10 patients claim no more than 10 independent ones. Where no patient repeats
    it is the Wilson interval itself.

    `effect`: the design effect of these sums, where the caller found it already. Raises ValueError without trials.
    """
    if not sums.trials:
        raise ValueError("A share needs at least one trial.")
    if not sums.has_repeats:
        return wilson(sums.total, sums.trials)
    effective = sums.trials / (proportion_design_effect(sums) if effect is None else effect)
    # One patient alone has no degrees of freedom; it counts as one trial, which says next to nothing anyway.
    quantile = student_t(max(sums.patients - 1, 1))
    return wilson(sums.ratio * effective, effective, quantile=quantile)


def proportion_design_effect(sums: ClusterSums) -> float:
    """The design effect of a visit-level share; 1 where no patient repeats."""
    if not sums.has_repeats:
        return 1.0
    share = sums.ratio
    return design_effect(sums, unit_variance=share * (1 - share), rare_events=min(sums.total, sums.trials - sums.total))
