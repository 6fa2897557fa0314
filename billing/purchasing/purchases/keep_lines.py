"""Lines of invoices are kept, each once however often it is brought."""

# ruff: noqa: S608 - the statement is put together from names of columns

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from core.ids import uuid7
from core.money import Money

_COLUMNS = {
    "id": "uuid", "practice_id": "uuid", "vendor_id": "uuid", "invoice": "text", "line": "text", "day": "date",
    "code": "text", "description": "text", "quantity": "numeric", "unit": "text", "amount_minor": "bigint",
    "currency": "text", "is_freight": "boolean", "item_id": "uuid", "units": "numeric", "set_aside": "boolean",
    "file_id": "uuid", "created_at": "timestamptz", "updated_at": "timestamptz",
}  # fmt: skip
_INSERT = (
    f"INSERT INTO public.purchasing_purchaseline ({', '.join(_COLUMNS)})"
    f" SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in _COLUMNS.values())})"
    " ON CONFLICT (practice_id, vendor_id, invoice, line) DO NOTHING RETURNING invoice, line"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """already: lines that were here, just so. differs: row → what it says otherwise than the line that is here.
    earliest: the first day of a line that was added.
    """

    added: int = 0
    already: int = 0
    differs: dict[int, str] = field(default_factory=dict)
    earliest: date | None = None


def keep_lines(
    lines: Sequence[GivenLine],
    *,
    practice_id: UUID,
    vendor_id: UUID,
    currency: str,
    matcher: Matcher,
    keys: Keys,
    file_id: UUID | None,
    now: datetime,
) -> Kept:
    """Add those that are not here. keys: of all lines before these in the same file. In the caller's transaction.

    A line whose number is taken by one that says otherwise is not added: `differs` tells.
    """
    named: dict[tuple[str, str], GivenLine] = {}
    differs: dict[int, str] = {}
    rows: list[tuple[Any, ...]] = []
    for one in lines:
        key = (one.invoice, keys.of(one))
        if key in named:
            differs[one.row] = (
                f"line {one.line} of invoice {one.invoice} stands twice in this file; give each line its own number"
            )
            continue
        named[key] = one
        found = matcher.of(code=one.code, description=one.description, quantity=one.quantity, unit=one.unit)
        rows.append((
            uuid7(), practice_id, vendor_id, *key, one.day, one.code, one.description, one.quantity, one.unit,
            one.amount, currency, one.is_freight, None if one.is_freight else found.item_id,
            None if one.is_freight else found.units, found.set_aside and not one.is_freight, file_id, now, now,
        ))  # fmt: skip
    if not rows:
        return Kept(differs=differs)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, list(map(list, zip(*rows, strict=True))))
        added = set(cursor.fetchall())
    here = _others(named, added, practice_id=practice_id, vendor_id=vendor_id, currency=currency)
    return Kept(
        added=len(added),
        already=len(named) - len(added) - len(here),
        differs=differs | here,
        earliest=min((named[key].day for key in added), default=None),
    )


def _others(
    named: dict[tuple[str, str], GivenLine],
    added: set[tuple[str, str]],
    *,
    practice_id: UUID,
    vendor_id: UUID,
    currency: str,
) -> dict[int, str]:
    """Of lines with numbers that were taken: what the line that is here says otherwise."""
    taken = {key: one for key, one in named.items() if key not in added and one.line}
    if not taken:
        return {}
    before = PurchaseLine.objects.filter(
        practice=practice_id, vendor=vendor_id, invoice__in={invoice for invoice, _ in taken}
    ).only("invoice", "line", "day", "amount_minor", "code", "is_freight")
    found: dict[int, str] = {}
    for one in before:
        given = taken.get((one.invoice, one.line))
        if given is None or (given.day, given.amount, given.is_freight) == (one.day, one.amount_minor, one.is_freight):
            continue
        found[given.row] = (
            f"line {one.line} of invoice {one.invoice} is here already, of {one.day:%B %-d, %Y} and"
            f" {Money(one.amount_minor, currency)}; to replace it, take back the file it came with first"
        )
    return found
