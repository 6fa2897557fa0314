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
from billing.purchasing.schedule import BadSchedule, Counted, Pays, Schedule, Tier, Way
from core.errors import DomainError

MOST_TIERS = 12
_AT_DIGITS, _RATE_DIGITS, _SUM_DIGITS = 4, 8, 4
_LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class GivenTier:
    """at: where it begins, inclusive: minor units, or units of items, or for growth a ratio to the year before. rate: 0
    to 1, or a sum in minor units, for each unit or once."""

    at: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """every, measured, way, covers, counted, pays: values of Every, Measured, Way, Covers, Counted, Pays. cap: minor
    units that one member earns in a period at most. item_ids: those that are left out, or where it covers listed ones
    only, those that count. unit: what one of their units is called (programs.units), "" where none is looked at."""

    from_day: date
    every: str
    measured: str
    way: str
    tiers: Sequence[GivenTier]
    cap: int | None = None
    covers: str = Covers.CATALOG
    item_ids: frozenset[UUID] = frozenset()
    counted: str = Counted.MONEY
    pays: str = Pays.SHARE
    unit: str = ""

    def schedule(self) -> Schedule:
        """Raises BadSchedule."""
        tiers = tuple(Tier(Fraction(one.at), Fraction(one.rate)) for one in self.tiers)
        return Schedule(Way(self.way), tiers, self.cap, Pays(self.pays), Counted(self.counted))

    @property
    def needs_units(self) -> bool:
        """Whether lines count only if somebody knows how many units they are."""
        return self.counted == Counted.UNITS or self.pays == Pays.EACH


def checked(terms: Terms) -> Schedule:
    """Raises DomainError with the field that is wrong."""
    for field, value, known in (
        ("every", terms.every, Every.values),
        ("measured", terms.measured, [one.value for one in Measured]),
        ("way", terms.way, [one.value for one in Way]),
        ("covers", terms.covers, Covers.values),
        ("counted", terms.counted, [one.value for one in Counted]),
        ("pays", terms.pays, [one.value for one in Pays]),
    ):
        if value not in known:
            raise DomainError(f"program_{field}_unknown", "Choose one of these.", field=field)
    _check_way(terms)
    _check_pays(terms)
    if terms.from_day.day != 1:
        raise DomainError("program_begins_amid", "It must begin with a month: on its first day.", field="from_day")
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


def _check_pays(terms: Terms) -> None:
    """What cannot be paid together is refused with what to choose. The database holds all of it, too."""
    if terms.pays == Pays.ONCE and terms.way != Way.FLAT:
        raise DomainError(
            "program_once_is_flat",
            "A sum once is that of the tier that was reached: choose flat, and write all that is paid by then beside"
            " each tier.",
            field="way",
        )
    if terms.pays == Pays.ONCE and terms.measured == Measured.GROUP:
        raise DomainError(
            "program_once_of_own",
            "When the group reaches it, a sum once would go to each member, however little it bought: choose a"
            " percentage or a sum for each unit, or what the member itself buys.",
            field="pays",
        )
    if terms.pays == Pays.ONCE and terms.measured == Measured.TRAILING:
        raise DomainError(
            "program_once_of_own",
            "A sum once would be paid again and again for the same twelve months: choose what the member buys in the"
            " period.",
            field="pays",
        )
    if terms.counted == Counted.UNITS and terms.measured == Measured.GROUP:
        raise DomainError(
            "program_group_in_money",
            "Tiers of all members together are counted in money: choose money, or what the member itself buys.",
            field="counted",
        )
    if terms.way != Way.FLAT and terms.needs_units and (terms.counted, terms.pays) != (Counted.UNITS, Pays.EACH):
        raise DomainError(
            "program_parts_differ",
            "Tiers in one measure do not tell which part of the other lies in which: choose flat, or tiers in units"
            " with a sum for each.",
            field="way",
        )
    if terms.needs_units and terms.covers == Covers.EVERYTHING:
        raise DomainError(
            "program_units_of_items",
            "How many units a line is, is known of items in the catalog only: choose the catalog, or the items listed.",
            field="covers",
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
            part = "unit" if terms.counted == Counted.UNITS else "cent"
            raise DomainError("program_tier_fine", f"Tier {number} begins with a part of a {part}.", field="tiers")
        if terms.pays == Pays.SHARE and tier.rate != round(tier.rate, _RATE_DIGITS):
            raise DomainError("program_tier_fine", f"The rate of tier {number} has too many digits.", field="tiers")
        # A unit may bring a part of a cent, as of what is bought by the thousand; what is paid once may not.
        finest = _SUM_DIGITS if terms.pays == Pays.EACH else 0
        if terms.pays != Pays.SHARE and (tier.rate != round(tier.rate, finest) or tier.rate >= _LARGEST):
            raise DomainError("program_tier_fine", f"The sum of tier {number} is too large or too fine.", field="tiers")
    try:
        return terms.schedule()
    except BadSchedule as error:
        raise DomainError("program_tiers_senseless", str(error), field="tiers") from error
