"""What a rebate programme pays: tiers by what was reached, exact until the end.

Amounts are whole minor units (cents) of one currency, rates and rewards exact rationals. A tier's lower bound is
inclusive: whoever reaches it to the cent is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Way(StrEnum):
    """FLAT: the rate of the tier that was reached, on everything. MARGINAL: each rate on what lies in its own tier.

    INCREASE: the rate of the tier that was reached, on what was bought beyond the year before (growth alone).
    """

    FLAT = "flat"
    MARGINAL = "marginal"
    INCREASE = "increase"


@dataclass(frozen=True, slots=True)
class Tier:
    """at: where it begins, inclusive: minor units, or for growth a ratio to the year before (1.1 is ten percent more).
    rate: of what was bought, 0 to 1."""

    at: Fraction
    rate: Fraction


class BadSchedule(ValueError):
    """The tiers say nothing sensible; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """tiers: ascending. cap: the most that a member gets in a period, in minor units; None: no limit.

    Raises BadSchedule.
    """

    way: Way
    tiers: tuple[Tier, ...]
    cap: int | None = None

    def __post_init__(self) -> None:
        if not self.tiers:
            raise BadSchedule("A program needs at least one tier.")
        for number, tier in enumerate(self.tiers, 1):
            if tier.at < 0:
                raise BadSchedule(f"Tier {number} begins below zero.")
            if not 0 <= tier.rate <= 1:
                raise BadSchedule(f"The rate of tier {number} is not between 0 and 100 percent.")
        for number, (lower, upper) in enumerate(zip(self.tiers, self.tiers[1:], strict=False), 2):
            if upper.at <= lower.at:
                raise BadSchedule(f"Tier {number} begins at or below the tier before it. Give them in ascending order.")
        if self.cap is not None and self.cap < 0:
            raise BadSchedule("The cap is below zero.")

    def reached(self, measure: Fraction | int) -> int | None:
        """Which tier, counted from 0; None below the first."""
        return max((place for place, tier in enumerate(self.tiers) if tier.at <= measure), default=None)

    def next_tier(self, measure: Fraction | int) -> int | None:
        """The one after the one that was reached; None at the top."""
        following = 0 if (place := self.reached(measure)) is None else place + 1
        return following if following < len(self.tiers) else None

    def flat(self, base: int, measure: Fraction | int) -> Fraction:
        """On `base` minor units, by the tier that `measure` reached. Uncapped."""
        place = self.reached(measure)
        return Fraction(0) if place is None else base * self.tiers[place].rate

    def marginal(self, low: int, high: int) -> Fraction:
        """On what was bought between `low` and `high` minor units of the measure. Uncapped; negative if high < low."""
        return self._up_to(high) - self._up_to(low)

    def of(self, whole: Fraction | int) -> Schedule:
        """Of tiers that begin at ratios to `whole` minor units: the same tiers, in minor units."""
        return Schedule(self.way, tuple(Tier(one.at * whole, one.rate) for one in self.tiers), self.cap)

    def capped(self, reward: Fraction) -> Fraction:
        """Never below zero, never above the cap."""
        return max(Fraction(0), reward if self.cap is None else min(reward, Fraction(self.cap)))

    def _up_to(self, amount: int) -> Fraction:
        ends: Sequence[Fraction | None] = [*(tier.at for tier in self.tiers[1:]), None]
        return sum(
            (
                tier.rate
                * max(Fraction(0), (Fraction(amount) if end is None else min(Fraction(amount), end)) - tier.at)
                for tier, end in zip(self.tiers, ends, strict=True)
            ),
            Fraction(0),
        )
