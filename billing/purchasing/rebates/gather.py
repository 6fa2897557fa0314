"""What each member bought of what a program counts, in one statement."""

# ruff: noqa: S608 - the statement is put together from the conditions below

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection

from billing.purchasing.accrual import Measured, Period, Reach
from billing.purchasing.models import Contract, Covers
from billing.purchasing.programs.in_force import Rules
from billing.purchasing.programs.periods import year_before
from billing.purchasing.schedule import Counted

_COVERS = {
    Covers.EVERYTHING: "(item_id IS NULL OR item_id <> ALL(%s))",
    Covers.CATALOG: "item_id IS NOT NULL AND item_id <> ALL(%s)",
    Covers.LISTED: "item_id = ANY(%s)",
}


@dataclass(frozen=True, slots=True)
class Counting:
    """Which lines count: an SQL condition over purchasing_purchaseline, and its parameters."""

    condition: str
    parameters: tuple[Any, ...]


def counting(rules: Rules, contract: Contract) -> Counting:
    """Of any day. Freight never counts, nor what was paid in another currency; and where units matter, nothing whose
    units nobody knows."""
    known = " AND units IS NOT NULL" if rules.schedule.needs_units else ""
    return Counting(
        f"vendor_id = %s AND currency = %s AND NOT is_freight AND {_COVERS[rules.covers]}{known}",
        (contract.vendor_id, contract.currency, sorted(rules.item_ids)),
    )


def on_contract(period: Period, contract: Contract) -> tuple[date, date]:
    """The days of the period on which the contract is in force; the first is after the last where there are none."""
    ends = min(period.last, contract.ends_on) if contract.ends_on else period.last
    return max(period.first, contract.begins_on), ends


@dataclass(frozen=True, slots=True)
class Bought:
    """minor: minor units. units: of items, as far as they are known. Returns are taken off both."""

    minor: int = 0
    units: Fraction = Fraction(0)

    def counted_in(self, counted: Counted) -> Fraction | int:
        return self.units if counted is Counted.UNITS else self.minor


def bought(which: Counting, first: date, last: date, *, member_id: UUID | None = None) -> dict[UUID, Bought]:
    """By practice. Of one member, or of all who bought anything."""
    one = "AND practice_id = %s" if member_id else ""
    statement = (
        "SELECT practice_id, sum(amount_minor)::bigint, coalesce(sum(units), 0) FROM public.purchasing_purchaseline"
        f" WHERE {which.condition} AND day BETWEEN %s AND %s {one} GROUP BY practice_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*which.parameters, first, last, *([member_id] if member_id else [])])
        return {practice_id: Bought(minor, Fraction(units)) for practice_id, minor, units in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Gathered:
    """bases: by practice, in the period. before: what growth or a moving total compares with, and together: of all,
    both in what tiers are counted in."""

    bases: Mapping[UUID, Bought]
    before: Mapping[UUID, Fraction | int]
    together: Fraction | int

    @property
    def members(self) -> set[UUID]:
        return {*self.bases, *self.before}

    def reach(self, member_id: UUID) -> Reach:
        return Reach(before=self.before.get(member_id, 0), together=self.together)


def gather(rules: Rules, contract: Contract, *, member_id: UUID | None = None) -> Gathered:
    """Of one member, or of all; a program of the group is always gathered of all."""
    which = counting(rules, contract)
    only = None if rules.measured is Measured.GROUP else member_id
    bases = bought(which, *on_contract(rules.period, contract), member_id=only)
    counted = rules.schedule.counted
    past: Period | None = None
    # Growth and the moving total look at what was bought before the contract began as well.
    if rules.measured is Measured.GROWTH:
        past = year_before(rules.period)
    elif rules.measured is Measured.TRAILING:
        day = timedelta(days=1)
        past = Period(year_before(rules.period).last + day, rules.period.first - day)
    earlier = bought(which, past.first, past.last, member_id=only) if past else {}
    before = {member: one.counted_in(counted) for member, one in earlier.items()}
    return Gathered(bases, before, sum(one.counted_in(counted) for one in bases.values()))
