"""Whether a figure has changed, or only scattered."""

from math import sqrt
from typing import Protocol

from loyalty.today.figures import Change

# Below this a figure counts as uncertain, whatever its interval says; so does a change from or to it.
FEWEST = 30


class Estimate(Protocol):
    """A value within its 95 % interval."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def n(self) -> int: ...


def change_between(before: Estimate | None, now: Estimate | None) -> Change | None:
    """None where one of them is missing; not `sure` where one has no interval or rests on fewer than 30.

    The interval of the difference is put together from both intervals (Newcombe 1998, Statistics in Medicine 17;
    Zou and Donner 2008, 27): honest where they are lopsided. Patients who are in both make it wider than it need be.
    """
    if before is None or now is None:
        return None
    difference = now.value - before.value
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return Change(difference, sure=False)
    low = difference - sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    high = difference + sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Change(difference, sure=(low > 0 or high < 0) and min(now.n, before.n) >= FEWEST)
