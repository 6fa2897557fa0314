"""The interval of one practice at the end."""

from typing import Any

import numpy as np

from loyalty.lift.difference import FEWEST_IN_ARM, Floats
from loyalty.metrics.intervals.interval import Z


def final_interval(*, returned: Any, contacted: Any, held_returned: Any, held: Any) -> tuple[Floats, Floats]:
    """95 % limits of the lift, looked at once; numbers, or arrays of one shape. nan where an arm has fewer than 11.

    Newcombe's hybrid of two Wilson intervals (1998, Statistics in Medicine 17(8), method 10): it holds for arms of
    eleven and never leaves -1 to 1.
    """
    share, low, high = _wilson(returned, contacted)
    held_share, held_low, held_high = _wilson(held_returned, held)
    effect = share - held_share
    return (
        effect - np.sqrt((share - low) ** 2 + (held_high - held_share) ** 2),
        effect + np.sqrt((high - share) ** 2 + (held_share - held_low) ** 2),
    )


def _wilson(y: Any, n: Any) -> tuple[Floats, Floats, Floats]:
    """Share and limits, as loyalty.metrics.intervals.wilson, of arrays."""
    y, n = np.asarray(y, dtype=np.float64), np.asarray(n, dtype=np.float64)
    n = np.where(n >= FEWEST_IN_ARM, n, np.nan)
    share = y / n
    center = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return share, np.minimum(center - half, share), np.maximum(center + half, share)
