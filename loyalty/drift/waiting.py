"""How long it takes until something happens, told of people of whom some are still waiting.

    curve = drift.kaplan_meier(waited=[6, 6, 9, 10], happened=[True, False, True, False])
    curve.share(9)        # to how many it has happened within 9, and its 95 % interval
    curve.median          # when it has happened to half of them; None where that is not seen yet

Kaplan and Meier (1958), Nonparametric estimation from incomplete observations. Whoever still waits counts for as long
as they have waited; leaving them out, or counting them as never, would both be wrong. The interval is Greenwood's
variance on the log-log scale (Kalbfleisch and Prentice 1980), which stays between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log, sqrt
from typing import Any

import numpy as np

from loyalty.drift.columns import Floats, column

# Of the normal distribution, for an interval of 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """Of 1. low, high: its 95 % interval. followed: who was still waiting just before then."""

    share: float
    low: float
    high: float
    followed: int


@dataclass(frozen=True, slots=True)
class Curve:
    """times: ascending, when it happened to somebody, shape (m,). waiting: the share still waiting after each. spread:
    Greenwood's sum up to each. waits: how long each was seen to wait, ascending, shape (n,)."""

    times: Floats
    waiting: Floats
    spread: Floats
    waits: Floats

    def share(self, time: float) -> Share | None:
        """To how many it has happened by `time`, in the unit of the waits. None beyond the longest wait: nobody knows.

        Where it has happened to nobody or to everybody, the plain variance is 0 and would be certain of it; then the
        interval is the exact one (Clopper and Pearson 1934) of those who were seen for so long.
        """
        if not self.waits.size or time > self.waits[-1]:
            return None
        followed = int(self.waits.size - np.searchsorted(self.waits, time, side="left"))
        before = int(np.searchsorted(self.times, time, side="right"))
        left = float(self.waiting[before - 1]) if before else 1.0
        if left == 1:
            return Share(0.0, 0.0, 1 - 0.025 ** (1 / followed), followed)
        if left == 0:
            return Share(1.0, 0.025 ** (1 / self.waits.size), 1.0, followed)
        wide = _Z * sqrt(float(self.spread[before - 1])) / abs(log(left))
        return Share(1 - left, 1 - left ** exp(-wide), 1 - left ** exp(wide), followed)

    @property
    def median(self) -> float | None:
        """The earliest time by which it has happened to half."""
        # The share is a product: exactly half may be a rounding more.
        half = np.flatnonzero(self.waiting <= 0.5 + 1e-12)
        return float(self.times[half[0]]) if half.size else None


def kaplan_meier(*, waited: Any, happened: Any) -> Curve:
    """waited: how long each was seen to wait, not negative, shape (n,); any unit. happened: whether it then happened;
    else they were waiting still. Of equal waits those to whom it happened come first.

    Raises ValueError for waits that are negative or no numbers, for a happened that is neither, and for lists of
    different lengths.
    """
    waits, whether = column("waited", waited), column("happened", happened)
    if waits.ndim != 1 or waits.shape != whether.shape:
        raise ValueError("waited and happened are two lists of one length: an entry for each person")
    if not np.all((whether == 0) | (whether == 1)):
        # Else an unknown would count as one to whom it happened.
        raise ValueError("happened is True or False, or 1 or 0: leave out those of whom it is not known")
    seen = whether == 1
    if not np.all((waits >= 0) & (waits < inf)):
        raise ValueError("a wait is a number, from 0 on")
    times, happenings = np.unique(waits[seen], return_counts=True)
    ordered = np.sort(waits)
    at_risk = ordered.size - np.searchsorted(ordered, times, side="left")
    with np.errstate(divide="ignore"):
        # Infinite where it happened to the last one; the share is 1 there, and the interval is another.
        spread = np.cumsum(happenings / (at_risk * (at_risk - happenings)))
    return Curve(times, np.cumprod(1 - happenings / at_risk), spread, ordered)
