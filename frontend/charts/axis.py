"""A horizontal axis in percent of its width, with better always to the right."""

from dataclasses import dataclass
from math import inf

from loyalty.benchmarks.quantiles import Quantiles

ROOM = 0.45  # of the P10-P90 spread, kept free on either side for values outside the middle 80 percent


@dataclass(frozen=True, slots=True)
class Place:
    """``x`` in percent from the left; ``off`` is "left" or "right" where the value was clamped, else empty."""

    x: float
    off: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from ``low`` to ``high``; flipped where lower is better. Raises ValueError if it has no length."""

    low: float
    high: float
    lower_is_better: bool = False

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"an axis needs some length, not {self.low} to {self.high}")

    def at(self, value: float) -> Place:
        """Return the place of ``value``, clamped to the ends of the axis."""
        share = (value - self.low) / (self.high - self.low)
        if self.lower_is_better:
            share = 1 - share
        if share < 0:
            return Place(0.0, "left")
        if share > 1:
            return Place(100.0, "right")
        return Place(round(share * 100, 2))


def axis_around(quantiles: Quantiles, *, low: float = -inf, high: float = inf, lower_is_better: bool = False) -> Axis:
    """Return an axis around released quantiles, within the possible values ``low`` to ``high`` of the measure.

    The viewer's own value plays no part: the picture of the network is the same for every member.
    """
    spread = quantiles.p90 - quantiles.p10
    room = spread * ROOM if spread else max(abs(quantiles.p50) * 0.1, 1.0)
    return Axis(max(quantiles.p10 - room, low), min(quantiles.p90 + room, high), lower_is_better)
