"""What a version of a rebate program is to say, checked as a whole before a row of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from billing.purchasing.accrual import Measured
from billing.purchasing.models import Covers, Every
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.schedule import BadSchedule, Schedule, Tier, Way
from core.errors import DomainError

MOST_TIERS = 12
_AT_DIGITS, _RATE_DIGITS = 4, 8
_LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class GivenTier:
    """at: where it begins, inclusive: minor units, or for growth a ratio to the year before. rate: 0 to 1."""

    at: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """every, measured, way, covers: values of Every, Measured, Way, Covers. cap: minor units that one member earns in a
    period at most. item_ids: those that are left out, or where it covers listed ones only, those that count."""

    from_day: date
    every: str
    measured: str
    way: str
    tiers: Sequence[GivenTier]
    cap: int | None = None
    covers: str = Covers.CATALOG
    item_ids: frozenset[UUID] = frozenset()

    def schedule(self) -> Schedule:
        """Raises BadSchedule."""
        tiers = tuple(Tier(Fraction(one.at), Fraction(one.rate)) for one in self.tiers)
        return Schedule(Way(self.way), tiers, self.cap)


def checked(terms: Terms) -> Schedule:
    """Raises DomainError with the field that is wrong."""
    for field, value, known in (
        ("every", terms.every, Every.values),
        ("measured", terms.measured, [one.value for one in Measured]),
        ("way", terms.way, [one.value for one in Way]),
        ("covers", terms.covers, Covers.values),
    ):
        if value not in known:
            raise DomainError(f"program_{field}_unknown", "Choose one of these.", field=field)
    _check_way(terms)
    # A year may be the contract's own; it begins with a quarter, as claims and statements do.
    if quarter_of(terms.from_day).first != terms.from_day:
        raise DomainError(
            "program_begins_amid",
            "It must begin with a quarter: on the first day of January, April, July or October.",
            field="from_day",
        )
    if terms.covers == Covers.LISTED and not terms.item_ids:
        raise DomainError("program_covers_nothing", "Name at least one item that counts.", field="item_ids")
    if terms.cap is not None and not 1 <= terms.cap < _LARGEST:
        raise DomainError("program_cap_none", "Write a limit above zero, or leave it empty for none.", field="cap")
    return _checked_tiers(terms)


def _check_way(terms: Terms) -> None:
    if terms.way == Way.INCREASE and terms.measured != Measured.GROWTH:
        raise DomainError(
            "program_increase_of_growth",
            "Only growth tells what a member buys more than before: choose flat or marginal.",
            field="way",
        )
    if terms.way == Way.MARGINAL and terms.measured == Measured.GROUP:
        raise DomainError(
            "program_group_is_flat",
            "A marginal rebate of the group would tell a member what the others bought, to the cent: choose flat.",
            field="way",
        )


def _checked_tiers(terms: Terms) -> Schedule:
    if len(terms.tiers) > MOST_TIERS:
        raise DomainError("program_tiers_many", f"A program can have {MOST_TIERS} tiers at most.", field="tiers")
    for number, tier in enumerate(terms.tiers, 1):
        if tier.at != round(tier.at, _AT_DIGITS) or tier.at >= _LARGEST:
            raise DomainError(
                "program_tier_fine", f"Where tier {number} begins is too large or too fine.", field="tiers"
            )
        if terms.measured != Measured.GROWTH and tier.at != tier.at.to_integral_value():
            raise DomainError("program_tier_fine", f"Tier {number} begins with a part of a cent.", field="tiers")
        if tier.rate != round(tier.rate, _RATE_DIGITS):
            raise DomainError("program_tier_fine", f"The rate of tier {number} has too many digits.", field="tiers")
    try:
        return terms.schedule()
    except BadSchedule as error:
        raise DomainError("program_tiers_senseless", str(error), field="tiers") from error
