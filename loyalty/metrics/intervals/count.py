"""The interval of a count: how far a practice like this one could have come out by chance."""

from math import sqrt

from loyalty.metrics.intervals.interval import Interval, Z


def count_interval(count: int, *, dispersion: float = 1.0) -> Interval:
    """Byar's approximation to the exact Poisson interval (Breslow and Day 1987, Statistical Methods in Cancer
    Research II, 2.4), within 1 % of the exact limits from 5 on.

    Where people arrive by chance and each brings several visits, the count varies more than a Poisson one, by
    the factor `dispersion` = (sum of squared visits a patient) / (visits): the interval is that of the effective count,
    scaled back.

    Raises ValueError for a negative count or a dispersion below 1.
    """
    if count < 0:
        raise ValueError("A count cannot be negative.")
    if dispersion < 1:
        raise ValueError("Visits cannot vary less than the people who make them: dispersion is at least 1.")
    effective = count / dispersion
    low = effective * (1 - 1 / (9 * effective) - Z / (3 * sqrt(effective))) ** 3 if effective else 0.0
    above = effective + 1
    high = above * (1 - 1 / (9 * above) + Z / (3 * sqrt(above))) ** 3
    return Interval(max(low, 0.0), high).scaled(dispersion)
