"""What the sum of the logs of gaps can be."""

import numpy as np
import numpy.typing as npt

from loyalty.drift.columns import Floats

# Digits after the point to which somebody may have printed a column; nobody prints these to whole numbers.
DIGITS = range(1, 7)


def impossible_gaps(x: Floats, t_x: Floats, log_gaps: Floats) -> npt.NDArray[np.bool_]:
    """The rows whose sum of logs no x gaps have that add up to t_x: wrong units, another base, a mean, a mix-up.

    It is log t_x for one gap, 0 for none, and at most x log(t_x / x) for more, that of equal gaps (the logarithm is
    concave). It may be as much as rounding explains: half of the last digit to which the whole column t_x, and
    log_gaps, is given.
    """
    gaps, last = np.maximum(x, 1), np.where(x > 0, t_x, 1.0)
    most = x * np.log(last / gaps)
    rounding = x * np.log1p(_half_a_digit(t_x) / last) + _half_a_digit(log_gaps) + 1e-6 * (gaps + np.abs(log_gaps))
    beyond = np.where(x > 1, log_gaps - most, np.abs(log_gaps - most))
    impossible: npt.NDArray[np.bool_] = beyond > rounding
    return impossible


def _half_a_digit(column: Floats) -> float:
    """Half a unit of the last digit after the point that any of them needs; 0 where those are not enough."""
    for digits in DIGITS:
        if np.array_equal(np.round(column, digits), column):
            return float(0.5 * 10.0**-digits)
    return 0.0
