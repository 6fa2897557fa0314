"""What a rebate programme pays: tiers by what was reached, exact until the end.

Amounts are whole minor units (cents) of one currency, quantities of items, rates and rewards exact rationals. A tier's
lower bound is inclusive: whoever reaches it to the cent is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Counted(StrEnum):
    """What tiers are counted in. UNITS: of items as the catalog counts them, such as vials."""

    MONEY = "money"
    UNITS = "units"


class Pays(StrEnum):
    """What a tier pays. SHARE: a part of what was bought. EACH: a sum for every unit. ONCE: a sum for reaching it."""

    SHARE = "share"
    EACH = "each"
    ONCE = "once"


class Way(StrEnum):
    """FLAT: the rate of the tier that was reached, on everything. MARGINAL: each rate on what lies in its own tier.

    INCREASE: the rate of the tier that was reached, on what was bought beyond the year before (growth alone).
    """

    FLAT = "flat"
    MARGINAL = "marginal"
    INCREASE = "increase"


@dataclass(frozen=True, slots=True)
class Tier:
    """at: where it begins, inclusive: minor units, or units of items, or for growth a ratio to the year before (1.1 is
    ten percent more). rate: of what was bought, 0 to 1; or minor units, for each unit of an item or once.
    """

    at: Fraction
    rate: Fraction


class BadSchedule(ValueError):
    """The tiers say nothing sensible; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """tiers: ascending. cap: the most that a member gets in a period, in minor units; None: no limit.

    Each rate on its own part, and on what was bought more, need one quantity for both: what tiers are counted in and
    what is paid on. Raises BadSchedule.
    """

    way: Way
    tiers: tuple[Tier, ...]
    cap: int | None = None
    pays: Pays = Pays.SHARE
    counted: Counted = Counted.MONEY

    def __post_init__(self) -> None:
        if not self.tiers:
            raise BadSchedule("A program needs at least one tier.")
        for number, tier in enumerate(self.tiers, 1):
            if tier.at < 0:
                raise BadSchedule(f"Tier {number} begins below zero.")
            if self.pays is Pays.SHARE and not 0 <= tier.rate <= 1:
                raise BadSchedule(f"The rate of tier {number} is not between 0 and 100 percent.")
            if tier.rate < 0:
                raise BadSchedule(f"The sum of tier {number} is below zero.")
        for number, (lower, upper) in enumerate(zip(self.tiers, self.tiers[1:], strict=False), 2):
            if upper.at <= lower.at:
                raise BadSchedule(f"Tier {number} begins at or below the tier before it. Give them in ascending order.")
        if self.cap is not None and self.cap < 0:
            raise BadSchedule("The cap is below zero.")
        if self.way is not Way.FLAT and (self.pays is Pays.ONCE or self.paid_on is not self.counted):
            raise BadSchedule("What is paid cannot be told apart by tiers. Choose flat.")

    @property
    def paid_on(self) -> Counted:
        """What a reward is worked out from, and shared out by."""
        match self.pays:
            case Pays.SHARE:
                return Counted.MONEY
            case Pays.EACH:
                return Counted.UNITS
            case Pays.ONCE:
                return self.counted

    @property
    def needs_units(self) -> bool:
        """Whether a line counts only if somebody knows how many units it is."""
        return Counted.UNITS in (self.counted, self.paid_on)

    def reached(self, measure: Fraction | int) -> int | None:
        """Which tier, counted from 0; None below the first."""
        return max((place for place, tier in enumerate(self.tiers) if tier.at <= measure), default=None)

    def next_tier(self, measure: Fraction | int) -> int | None:
        """The one after the one that was reached; None at the top."""
        following = 0 if (place := self.reached(measure)) is None else place + 1
        return following if following < len(self.tiers) else None

    def flat(self, base: Fraction | int, measure: Fraction | int) -> Fraction:
        """On `base`, by the tier that `measure` reached. Uncapped."""
        place = self.reached(measure)
        return Fraction(0) if place is None else base * self.tiers[place].rate

    def marginal(self, low: Fraction | int, high: Fraction | int, *, beyond: bool = False) -> Fraction:
        """On what was bought between `low` and `high` of the measure. Uncapped; negative if high < low.

        The tier from 100 units on pays for the hundredth itself; `beyond` its bound for what lies above it, as growth
        is told.
        """
        early = 1 if self.counted is Counted.UNITS and not beyond else 0
        return self._up_to(high, early) - self._up_to(low, early)

    def of(self, whole: Fraction | int) -> Schedule:
        """Of tiers that begin at ratios to `whole`: the same tiers, in what `whole` is counted in."""
        return replace(self, tiers=tuple(Tier(one.at * whole, one.rate) for one in self.tiers))

    def capped(self, reward: Fraction) -> Fraction:
        """Never below zero, never above the cap."""
        return max(Fraction(0), reward if self.cap is None else min(reward, Fraction(self.cap)))

    def _up_to(self, amount: Fraction | int, early: int) -> Fraction:
        begins = [max(tier.at - early, Fraction(0)) for tier in self.tiers]
        ends: Sequence[Fraction | None] = [*begins[1:], None]
        return sum(
            (
                tier.rate * max(Fraction(0), (Fraction(amount) if end is None else min(Fraction(amount), end)) - begin)
                for tier, begin, end in zip(self.tiers, begins, ends, strict=True)
            ),
            Fraction(0),
        )
