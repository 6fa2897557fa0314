"""The interval of a mean of values that lie between two ends, patients repeating."""

from math import sqrt

from loyalty.metrics.intervals.clusters import ClusterSums
from loyalty.metrics.intervals.interval import Interval, student_t


def adjusted_mean(sums: ClusterSums, *, low: float, high: float) -> Interval:
    """The 95 % interval of the mean of values between `low` and `high`: a patient's y is the sum of their m values.

    One made-up patient at either end is added before the interval is taken, as `adjusted_nps` adds one promoter and
    one detractor: where all values are alike, their spread says nothing about the next one. They bring as many
    values as a value's patient does on average, so that 40 equal values of 10 patients claim no more than 10 of
    strangers. The variance is the linearized one of a ratio of patient totals (Cochran 1977, Sampling Techniques,
    3.12), with Student's t on patients - 1 degrees of freedom. Clipped to the ends.

    Raises ValueError without values.
    """
    if not sums.trials:
        raise ValueError("A mean needs at least one value.")
    weight = max(sums.trials_squared / sums.trials, 1.0)
    patients = sums.patients + 2
    trials = sums.trials + 2 * weight
    center = (sums.total + weight * (low + high)) / trials
    squares = sums.total_squared - 2 * center * sums.total_times_trials + center**2 * sums.trials_squared
    squares += weight**2 * ((low - center) ** 2 + (high - center) ** 2)
    half = student_t(patients - 1) * sqrt(max(squares, 0.0) * patients / (patients - 1)) / trials
    return Interval(center - half, center + half).clipped(low, high)
