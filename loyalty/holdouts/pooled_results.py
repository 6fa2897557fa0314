"""What is known over the network of each kind, for the console and for practices that contribute."""

from dataclasses import dataclass
from datetime import date

from loyalty.benchmarks.rules import FEW, Rule
from loyalty.holdouts.models import LiftRelease
from loyalty.models import HOLDABLE, TouchpointKind


@dataclass(frozen=True, slots=True)
class PooledResult:
    """effect, low, high: points of patients who come back, the limits of 95 %. practices: rounded down to 5."""

    kind: TouchpointKind
    quarter: date
    effect: float
    low: float
    high: float
    practices: int

    @property
    def is_evidence(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class OfKind:
    """results: the newest first, of different hold-outs each. hidden: the rule that hides it where there is none."""

    kind: TouchpointKind
    results: tuple[PooledResult, ...]
    hidden: Rule | None


def pooled_results() -> list[OfKind]:
    """One entry for every kind that can be held out. One query, of the public schema alone."""
    by_kind: dict[str, list[PooledResult]] = {kind.value: [] for kind in HOLDABLE}
    for row in LiftRelease.objects.order_by("-quarter"):
        kind = TouchpointKind(row.kind)
        by_kind[row.kind].append(PooledResult(kind, row.quarter, row.effect, row.low, row.high, row.contributors_floor))
    return [OfKind(kind, tuple(by_kind[kind]), None if by_kind[kind] else FEW) for kind in HOLDABLE]
