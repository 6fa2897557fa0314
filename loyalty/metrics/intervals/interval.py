"""An interval, and the two constants every 95 % interval starts from."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range. `high` may be infinite where too few observations bound it."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"An interval runs from low to high, not from {self.low} to {self.high}.")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        return self.high - self.low

    def scaled(self, factor: float) -> "Interval":
        return Interval(self.low * factor, self.high * factor)

    def clipped(self, low: float, high: float) -> "Interval":
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))


@lru_cache(maxsize=1024)
def student_t(degrees: int) -> float:
    """The 97.5 % quantile of Student's t.

    Exact for 1 and 2 degrees of freedom; from 3 on the Cornish-Fisher expansion in powers of 1/degrees
    (Abramowitz and Stegun 1964, 26.7.5), within 0.13 % of the exact value.

    Raises ValueError below one degree of freedom.
    """
    if degrees < 1:
        raise ValueError("Student's t needs at least one degree of freedom: two patients.")
    upper = (1 + CONFIDENCE) / 2
    if degrees == 1:
        angle = pi * (upper - 0.5)
        return sin(angle) / cos(angle)
    if degrees == 2:
        return (2 * upper - 1) / sqrt(2 * upper * (1 - upper))
    z = Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))
