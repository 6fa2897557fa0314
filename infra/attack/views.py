"""What an attacker has before it: every figure that was ever released, and whose values it is made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loyalty.benchmarks.quantiles import PERCENTILES, neighbors

# How each percentile is made of the sorted values of a cell: rank -> weight.
Weights = Callable[[int, int], Mapping[int, float]]


class Value(NamedTuple):
    """One practice's figure of one month. edition: 0 as first reported, 1 as corrected."""

    member: int
    month: int
    edition: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A version of a published cell, of one month: the values it is made of, which nobody is told but the attacker is
    assumed to know, and its five figures. weights: the formula. slack: how far each figure may be rounded.
    group: of which versions there may be several. counted: the number of practices that is shown.
    """

    month: int
    values: tuple[Value, ...]
    figures: tuple[float, ...]
    weights: Weights
    slack: float
    name: str = ""
    group: str = ""
    counted: int = 0
    members: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", frozenset(value.member for value in self.values))

    def formulas(self) -> Sequence[tuple[Mapping[int, float], float]]:
        """Of each figure: the weight of each rank, and the figure."""
        count = len(self.values)
        return [(self.weights(count, p), figure) for p, figure in zip(PERCENTILES, self.figures, strict=True)]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of a metric beside the releases: between what it lies, and how far it can move in a month.

    A rolling year exchanges one month of twelve, so a share of even months moves by at most a twelfth of its range
    (`step`); an amount by a twelfth of itself (`growth`). Real figures may move further: it is more than can be known.
    near: a value is disclosed that is known to within so much of the range, or `share` of itself.
    """

    low: float
    high: float
    step: float = 0.0
    growth: float = 0.0
    near: float = 0.0
    share: float = 0.0

    def tolerance(self, value: float) -> float:
        return self.near or self.share * abs(value)


def smoothed_weights(count: int, percentile: int) -> Mapping[int, float]:
    """The product's; in a cell too small for it, which only lifted rules release, as many neighbors as there are."""
    ranks = neighbors(max(count, 10), percentile)
    if count < 10:
        middle = (count - 1) * percentile / 100
        ranks = range(max(0, round(middle) - 1), min(count, round(middle) + 2))
    return dict.fromkeys(ranks, 1 / len(ranks))


def plain_weights(count: int, percentile: int) -> Mapping[int, float]:
    """Hyndman and Fan's type 7: one value, or two that it lies between."""
    below, rest = divmod((count - 1) * percentile, 100)
    return {below: 1 - rest / 100, below + 1: rest / 100} if rest else {below: 1.0}


def between_releases(truth: dict[Value, float], released: Iterable[Value]) -> dict[Value, float]:
    """Without what a practice had before its first release and after its last: that may have been anything."""
    months: dict[int, list[int]] = defaultdict(list)
    for value in released:
        months[value.member].append(value.month)
    ends = {member: (min(found), max(found)) for member, found in months.items()}
    return {
        value: of for value, of in truth.items() if (end := ends.get(value.member)) and end[0] <= value.month <= end[1]
    }
