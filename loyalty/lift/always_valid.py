"""An interval for looking before the end: it holds at all looks together."""

import numpy as np

from loyalty.lift.difference import Difference, Floats
from loyalty.lift.pooled import Pooled, student_t_of
from loyalty.metrics.intervals.interval import Z

# Whoever sees this interval sees the final one as well: the chance of either being wrong stays near the final 5 %.
ERROR = 0.01
# Where it is to be narrowest; any number keeps it valid. Contacts move returns by a few points, seldom by ten.
EXPECTED_EFFECT = 0.08


def always_valid_interval(found: Difference, *, error: float = ERROR) -> tuple[Floats, Floats]:
    """Limits of the lift that hold at every look with chance 1 - error, however many and whenever one stops.

    Robbins' normal mixture (1970, Annals of Mathematical Statistics 41(5)) as a confidence sequence of estimates that
    are nearly normal (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, Annals of Statistics 52(6); the same test
    is the mSPRT of Johari, Koomen, Pekelis and Walsh 2022, Operations Research 70(3)): with s the standard error and
    v = EXPECTED_EFFECT squared, effect ± s sqrt((1 + s²/v) log((1 + v/s²) / error²)).
    """
    return _around(found.effect, found.standard_error, error)


def always_valid_pooled(pooled: Pooled) -> tuple[Floats, Floats]:
    """The same for a pooled lift that is looked at before the end; nan with fewer than two practices.

    Few practices tell little about how they differ, and by chance nothing at all: the larger of the two standard
    errors is taken, widened as Student's t is against the normal. simulate_holdouts measures what that comes to.
    """
    widened = student_t_of(np.maximum(pooled.practices - 1, 1)) / Z
    return _around(pooled.effect, np.maximum(pooled.standard_error, pooled.least_error) * widened, ERROR)


def _around(effect: Floats, standard_error: Floats, error: float) -> tuple[Floats, Floats]:
    squared = standard_error**2
    ratio = squared / EXPECTED_EFFECT**2
    half = np.sqrt(squared * (1 + ratio) * np.log((1 + 1 / ratio) / error**2))
    return effect - half, effect + half
