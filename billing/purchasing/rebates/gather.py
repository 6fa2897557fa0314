"""What each member bought of what a program counts, in one statement."""

# ruff: noqa: S608 - the statement is put together from the conditions below

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from billing.purchasing.accrual import Measured, Period, Reach
from billing.purchasing.models import Contract, Covers
from billing.purchasing.programs.in_force import Rules
from billing.purchasing.programs.periods import year_before

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
    """Of any day. Freight never counts, nor what was paid in another currency."""
    return Counting(
        f"vendor_id = %s AND currency = %s AND NOT is_freight AND {_COVERS[rules.covers]}",
        (contract.vendor_id, contract.currency, sorted(rules.item_ids)),
    )


def on_contract(period: Period, contract: Contract) -> tuple[date, date]:
    """The days of the period on which the contract is in force; the first is after the last where there are none."""
    ends = min(period.last, contract.ends_on) if contract.ends_on else period.last
    return max(period.first, contract.begins_on), ends


def bought(which: Counting, first: date, last: date, *, member_id: UUID | None = None) -> dict[UUID, int]:
    """Minor units by practice, returns taken off. Of one member, or of all who bought anything."""
    one = "AND practice_id = %s" if member_id else ""
    statement = (
        "SELECT practice_id, sum(amount_minor)::bigint FROM public.purchasing_purchaseline"
        f" WHERE {which.condition} AND day BETWEEN %s AND %s {one} GROUP BY practice_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*which.parameters, first, last, *([member_id] if member_id else [])])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Gathered:
    """bases: by practice, in the period. before: what growth or a moving total compares with. together: of all."""

    bases: Mapping[UUID, int]
    before: Mapping[UUID, int]
    together: int

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
    before: dict[UUID, int] = {}
    # Growth and the moving total look at what was bought before the contract began as well.
    if rules.measured is Measured.GROWTH:
        past = year_before(rules.period)
        before = bought(which, past.first, past.last, member_id=only)
    elif rules.measured is Measured.TRAILING:
        day = timedelta(days=1)
        past = Period(year_before(rules.period).last + day, rules.period.first - day)
        before = bought(which, past.first, past.last, member_id=only)
    return Gathered(bases, before, sum(bases.values()))
