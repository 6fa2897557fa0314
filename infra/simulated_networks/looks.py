"""What somebody concludes who looks at a simulated network every month, and once more at the end."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from infra.simulated_networks.joined import Joined
from infra.simulated_networks.truth import Outcomes
from loyalty import lift
from loyalty.lift.difference import Floats


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that add up. networks, practices: those with a figure; arms of fewer than eleven have none.

    covered: the final interval holds the truth. called: an effect, at any look. called_at_end: at the last one alone.
    called_naively: by someone who takes the interval of the end at every look. credit: sum of the lifts that credit
    for the last contact within seven days claims; lift: of the true ones.
    """

    networks: int
    covered: int
    called: int
    called_at_end: int
    called_naively: int
    practices: int
    practice_covered: int
    practice_called: int
    credit: float
    lift: float

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def look(joined: Joined, outcomes: Outcomes) -> Tally:
    """Every month those are known whose time to come back is over: one more month of joining at each look."""
    seen = [
        np.cumsum(counts, axis=-1)
        for counts in (outcomes.returned, joined.contacted, outcomes.held_returned, joined.held)
    ]
    names = ("returned", "contacted", "held_returned", "held")
    found = lift.difference(**dict(zip(names, seen, strict=True)))

    # One practice: before the end by the interval that is always valid, then by that of the end.
    low, high = lift.final_interval(**{name: counts[..., -1] for name, counts in zip(names, seen, strict=True)})
    early = _excludes(*lift.always_valid_interval(found))[..., :-1].any(axis=-1)
    called = early | _excludes(low, high)
    covered = (low <= outcomes.practice) & (outcomes.practice <= high)

    # The network: the same with the pooled figure.
    pooled = lift.pool(np.swapaxes(found.effect, 1, 2), np.swapaxes(found.pooling_error, 1, 2))
    every_month = _excludes(pooled.low, pooled.high)
    before = _excludes(*lift.always_valid_pooled(pooled))[:, :-1].any(axis=-1)
    final_low, final_high = pooled.low[:, -1], pooled.high[:, -1]
    told = joined.contacted.sum(axis=(1, 2))
    return Tally(
        networks=_count(np.isfinite(final_low)),
        covered=_count((final_low <= outcomes.network) & (outcomes.network <= final_high)),
        called=_count(before | every_month[:, -1]),
        called_at_end=_count(every_month[:, -1]),
        called_naively=_count(every_month.any(axis=-1)),
        practices=_count(np.isfinite(low)),
        practice_covered=_count(covered),
        practice_called=_count(called),
        credit=float((outcomes.credited.sum(axis=1) / told).sum()),
        lift=float(outcomes.network.sum()),
    )


def _excludes(low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Whether the interval excludes 0; one that is not known does not."""
    return (low > 0) | (high < 0)


def _count(flags: Any) -> int:
    return int(np.count_nonzero(flags))
