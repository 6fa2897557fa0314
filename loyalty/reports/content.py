"""What a monthly report says, frozen when it is made: keys and figures, no words, so that it can be kept as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the practice's figures. high: None where nothing bounds it. band: a name of `position.Band`, "" for none.

    quantiles, practices: what was released beside it, None where it was hidden. trend: its own 24 months, oldest first.
    """

    key: str
    value: float
    low: float
    high: float | None
    n: int
    uncertain: bool
    band: str
    quantiles: tuple[float, ...] | None
    practices: int | None
    trend: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is different from a year ago by more than chance."""

    key: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Content:
    """better, worse: than a year ago, the clearest first. weakest: the habit to try next, "" where none is known;
    weakest_value: how it stands, None where it is not recorded yet."""

    headlines: tuple[Headline, ...]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    weakest: str
    weakest_value: float | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Content":
        return cls(
            headlines=tuple(_headline(one) for one in kept["headlines"]),
            better=tuple(Change(**one) for one in kept["better"]),
            worse=tuple(Change(**one) for one in kept["worse"]),
            weakest=kept["weakest"],
            weakest_value=kept["weakest_value"],
        )


def _headline(kept: Mapping[str, Any]) -> Headline:
    quantiles = kept["quantiles"]
    return Headline(**{**kept, "quantiles": tuple(quantiles) if quantiles else None, "trend": tuple(kept["trend"])})
