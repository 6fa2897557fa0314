"""Lines of invoices are kept, each once however often it is brought."""

# ruff: noqa: S608 - the statement is put together from names of columns

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.found import Found, likeness_of
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from billing.purchasing.purchases.one_at_a_time import one_at_a_time
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
    one_at_a_time(practice_id)
    found = Found(lines, practice_id=practice_id, vendor_id=vendor_id)
    sorted_out = _SortedOut(found, keys, currency)
    for one in lines:
        sorted_out.take(one)
    _number(sorted_out.numbered, now=now)
    rows: list[tuple[Any, ...]] = []
    for one, key in sorted_out.new:
        of = matcher.of(code=one.code, description=one.description, quantity=one.quantity, unit=one.unit)
        rows.append((
            uuid7(), practice_id, vendor_id, one.invoice, key, one.day, one.code, one.description, one.quantity,
            one.unit, one.amount, currency, one.is_freight, None if one.is_freight else of.item_id,
            None if one.is_freight else of.units, of.set_aside and not one.is_freight, file_id, now, now,
        ))  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, list(map(list, zip(*rows, strict=True))))
    return Kept(
        added=len(rows),
        already=sorted_out.already,
        differs=sorted_out.differs,
        earliest=min((one.day for one, _ in sorted_out.new), default=None),
    )


class _SortedOut:
    """new: with their keys. numbered: lines that are here, and have a number from now on."""

    def __init__(self, found: Found, keys: Keys, currency: str) -> None:
        self._found, self._keys, self._currency = found, keys, currency
        self.new: list[tuple[GivenLine, str]] = []
        self.numbered: list[PurchaseLine] = []
        self.already = 0
        self.differs: dict[int, str] = {}

    def take(self, given: GivenLine) -> None:
        nth = self._keys.nth(given)
        if nth == 0:
            self.differs[given.row] = (
                f"line {given.line} of invoice {given.invoice} stands twice in this file; give each line its own number"
            )
        elif known := self._found.numbered(given):
            self._take_known(given, known, nth)
        elif self._found.has(given, nth) and (not given.line or self._has_number_now(given)):
            self.already += 1
        else:
            self._add(given)

    def _take_known(self, given: GivenLine, known: PurchaseLine, nth: int) -> None:
        if (given.day, given.amount, given.is_freight) != (known.day, known.amount_minor, known.is_freight):
            self.differs[given.row] = (
                f"line {known.line} of invoice {known.invoice} is here already, of {known.day:%B %-d, %Y} and"
                f" {Money(known.amount_minor, self._currency)}; to replace it, take back the file it came with first"
            )
            return
        if given.likeness == likeness_of(known) and not self._found.has(given, nth):
            # One without a number came before it in this file and was taken for this one: it is one more.
            self._add(replace(given, line=""))
        else:
            self.already += 1

    def _has_number_now(self, given: GivenLine) -> bool:
        line = self._found.take_number(given)
        if line is not None:
            self.numbered.append(line)
        return line is not None

    def _add(self, given: GivenLine) -> None:
        self.new.append((given, self._found.add(given)))


def _number(lines: Sequence[PurchaseLine], *, now: datetime) -> None:
    """Other files know them by their numbers from then on; nothing that is counted changes."""
    for line in lines:
        line.updated_at = now
    PurchaseLine.objects.bulk_update(lines, ["line", "updated_at"], batch_size=500)
