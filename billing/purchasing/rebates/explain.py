"""Where each cent comes from: what every line of an invoice stands for, and why others do not count."""

# ruff: noqa: S608 - the statement is put together from the conditions of gather.py

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection

from billing.purchasing.accrual import share_out
from billing.purchasing.models import Accrual, Contract, PurchaseLine
from billing.purchasing.programs.in_force import Rules, rules_on
from billing.purchasing.rebates.gather import counting, on_contract
from billing.purchasing.schedule import Counted
from core.errors import NotFound


class Why(StrEnum):
    """Why a line of the vendor in the period does not count."""

    FREIGHT = "freight"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"
    OFF_CONTRACT = "off_contract"
    CURRENCY = "currency"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Explained:
    """cents: its part of what was earned; None where it does not count, and `why` says why."""

    line: PurchaseLine
    cents: int | None
    why: Why | None


def explain(accrual: Accrual) -> list[Explained]:
    """Every line of the vendor in the period, the newest first. Inside the practice, or in the control plane."""
    rules, contract = _rules(accrual)
    shares = shares_of(accrual)
    first, last = on_contract(rules.period, contract)
    lines = PurchaseLine.objects.filter(
        practice=accrual.practice_id, vendor=contract.vendor_id, day__range=(rules.period.first, rules.period.last)
    ).select_related("item")
    found: list[Explained] = []
    for line in lines.order_by("-day", "invoice", "line"):
        cents = shares.get(line.pk)
        why = None if cents is not None else _why(line, rules, contract, first, last)
        found.append(Explained(line, cents, why))
    return found


def shares_of(accrual: Accrual) -> dict[UUID, int]:
    """By line that counts; they sum to what was earned. Whatever order the lines came in, each gets the same."""
    rules, contract = _rules(accrual)
    which = counting(rules, contract)
    first, last = on_contract(rules.period, contract)
    # Units have four digits behind the point: whole numbers of one size, so that ten thousand lines take no fractions.
    part = "(units * 10000)::bigint" if rules.schedule.paid_on is Counted.UNITS else "amount_minor"
    statement = (
        f"SELECT id, {part} FROM public.purchasing_purchaseline WHERE {which.condition}"
        " AND practice_id = %s AND day BETWEEN %s AND %s ORDER BY day, invoice, line"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*which.parameters, accrual.practice_id, first, last])
        rows: Sequence[tuple[UUID, int]] = cursor.fetchall()
    shares = share_out(accrual.cents, [part for _, part in rows])
    return dict(zip((id for id, _ in rows), shares, strict=True))


def _rules(accrual: Accrual) -> tuple[Rules, Contract]:
    program = accrual.program
    rules = rules_on([program], accrual.first).get(program.pk)
    if rules is None:
        raise NotFound("program_missing", "There is no such program.")
    return rules, program.contract


def _why(line: PurchaseLine, rules: Rules, contract: Contract, first: date, last: date) -> Why:
    if line.is_freight:
        return Why.FREIGHT
    if line.currency != contract.currency:
        return Why.CURRENCY
    if not first <= line.day <= last:
        return Why.OFF_CONTRACT
    if line.item_id is None:
        return Why.UNKNOWN
    return Why.UNIT if line.units is None and rules.counts(line.item_id) else Why.EXCLUDED
