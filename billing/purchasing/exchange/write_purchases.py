"""A practice's own system says what it bought: lines of invoices, each known by that system's own id.

A line that came otherwise already, with a file or from another program, is not counted twice: it is found, and the
answer says so. What was claimed stays; what came with a file is changed with the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from billing.purchasing.contracts.listed import currency_of
from billing.purchasing.exchange.given import as_given, given_line
from billing.purchasing.exchange.here import Here, says_same
from billing.purchasing.exchange.purchases import own_lines
from billing.purchasing.models import ClaimedPurchase, PurchaseLine, Vendor
from billing.purchasing.purchases.line import GivenLine
from billing.purchasing.purchases.match import Matcher
from billing.purchasing.purchases.one_at_a_time import one_at_a_time
from billing.purchasing.rebates.jobs import accrue_again
from core import audit
from core.changed import changed
from core.errors import Conflict, DomainError
from core.exchange.external_id import kept_as, own_part
from core.tenancy.scope import current_practice
from core.violated import violated

# A day that begins in the east has begun there, whatever the server's clock says of the date.
_FURTHEST_EAST = timedelta(hours=14)
# What a rebate stands on: the database refuses to change it of a line that was claimed, and units that are known.
_CLAIMED = ("vendor_id", "day", "amount_minor", "currency", "item_id", "is_freight")
_WRITTEN = (
    "vendor_id", "invoice", "line", "day", "code", "description", "quantity", "unit", "amount_minor", "currency",
    "is_freight", "item_id", "units", "set_aside",
)  # fmt: skip
_ONCE = ("purchase_line_once", "purchase_line_external_once", "purchase_line_claimed_stays")


class Outcome(StrEnum):
    """duplicate: it was here already, from another source, and was not added again."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(slots=True)
class Result:
    """line: as it is then, None where the row was refused; error: why it was."""

    external_id: str
    outcome: Outcome
    line: PurchaseLine | None = None
    error: DomainError | None = None


def upsert_purchases(*, rows: Sequence[Mapping[str, Any]], application_id: UUID, now: datetime) -> list[Result]:
    """rows: of `given.SENT` what was sent, each with its "external_id". A result for each row, in their order.

    A row that cannot be kept is refused, and the others are kept. Raises Conflict where another request wrote one of
    them at the same moment. Inside the practice.
    """
    try:
        with transaction.atomic():
            return _Upsert(rows, application_id, now).run()
    except IntegrityError as error:
        if violated(error) not in _ONCE:
            raise
        raise Conflict(
            "written_meanwhile", "Another request wrote some of them at this moment. Send it again."
        ) from None


class _Upsert:
    def __init__(self, rows: Sequence[Mapping[str, Any]], application_id: UUID, now: datetime) -> None:
        self._rows, self._now, self._practice_id = rows, now, current_practice().id
        self._application_id = application_id
        self._latest = (now + _FURTHEST_EAST).date()
        ids = [kept_as(application_id, row["external_id"]) for row in rows]
        one_at_a_time(self._practice_id)
        found = own_lines().filter(external_id__in=ids).order_by("id").select_for_update(of=("self",))
        self._known = {line.external_id: line for line in found}
        # Held, and so not claimed meanwhile: a claim names its lines by a key.
        claimed = ClaimedPurchase.objects.filter(purchase__in=self._known.values())
        self._claimed = set(claimed.values_list("purchase_id", flat=True))
        self._given = [
            {**(as_given(self._known[id]) if id in self._known else {}), **row}
            for id, row in zip(ids, rows, strict=True)
        ]
        vendors = {given["vendor_id"] for given in self._given if "vendor_id" in given}
        known = Vendor.objects.filter(id__in=vendors).values_list("id", flat=True)
        self._currency = {id: currency_of(id) for id in known}
        self._matchers: dict[UUID, Matcher] = {}
        invoices = {(given["vendor_id"], given["invoice"]) for given in self._given}
        self._here = Here(invoices, own=kept_as(application_id, "x")[:-1])
        self._since: dict[UUID, date] = {}

    def run(self) -> list[Result]:
        results, seen = [], set()
        for place, (row, given) in enumerate(zip(self._rows, self._given, strict=True)):
            external_id = row["external_id"]
            try:
                if external_id in seen:
                    raise DomainError("row_twice", "This id is in the list twice.", field="external_id")
                seen.add(external_id)
                results.append(self._kept(external_id, given, place))
            except DomainError as error:
                results.append(Result(external_id, Outcome.REFUSED, error=error))
        self._write(results)
        return results

    def _kept(self, external_id: str, given: Mapping[str, Any], place: int) -> Result:
        vendor_id = given["vendor_id"]
        if vendor_id not in self._currency:
            raise DomainError("vendor_missing", "There is no such vendor. See the list of vendors.", field="vendor_id")
        line = given_line(given, row=place, currency=self._currency[vendor_id], latest=self._latest)
        known = self._known.get(kept_as(self._application_id, external_id))
        return self._add(external_id, vendor_id, line) if known is None else self._change(known, vendor_id, line)

    def _add(self, external_id: str, vendor_id: UUID, given: GivenLine) -> Result:
        same = self._here.same(vendor_id, given)
        if same is not None:
            if not same.external_id:
                same.external_id = kept_as(self._application_id, external_id)
            return Result(external_id, Outcome.DUPLICATE, same)
        if self._here.holder(vendor_id, given) is not None:
            raise _differs(given)
        line = PurchaseLine(
            practice_id=self._practice_id, external_id=kept_as(self._application_id, external_id),
            **self._values(vendor_id, given),
        )  # fmt: skip
        self._here.put(line)
        self._earns(line)
        return Result(external_id, Outcome.CREATED, line)

    def _change(self, line: PurchaseLine, vendor_id: UUID, given: GivenLine) -> Result:
        external_id = own_part(self._application_id, line.external_id)
        if _is_said(line, vendor_id, given):
            return Result(external_id, Outcome.UNCHANGED, line)
        if line.file_id is not None:
            raise Conflict(
                "purchase_of_file",
                "This line came with a file, too. To change it, the practice takes that file back first.",
            )
        self._here.drop(line)
        try:
            if self._here.holder(vendor_id, given) is not None:
                raise _differs(given)
            after = self._values(vendor_id, given)
        finally:
            self._here.put(line)
        stays = _CLAIMED if line.units is None else (*_CLAIMED, "units")
        if line.id in self._claimed and any(after[name] != getattr(line, name) for name in stays):
            raise Conflict(
                "purchases_claimed",
                "The network has claimed a rebate for this line, so it stays. Send a return as a line of its own.",
            )
        self._here.drop(line)
        self._earns(line)
        for name, value in after.items():
            setattr(line, name, value)
        self._earns(line)
        self._here.put(line)
        return Result(external_id, Outcome.UPDATED, line)

    def _values(self, vendor_id: UUID, given: GivenLine) -> dict[str, Any]:
        """What is kept of it, with the item that it is and its units."""
        matcher = self._matchers.get(vendor_id)
        if matcher is None:
            matcher = self._matchers[vendor_id] = Matcher(vendor_id=vendor_id, practice_id=self._practice_id)
        found = matcher.of(code=given.code, description=given.description, quantity=given.quantity, unit=given.unit)
        freight = given.is_freight
        return {
            "vendor_id": vendor_id, "invoice": given.invoice, "line": self._here.free_key(vendor_id, given),
            "day": given.day, "code": given.code, "description": given.description, "quantity": given.quantity,
            "unit": given.unit, "amount_minor": given.amount, "currency": self._currency[vendor_id],
            "is_freight": freight, "item_id": None if freight else found.item_id,
            "units": None if freight else found.units, "set_aside": found.set_aside and not freight,
        }  # fmt: skip

    def _earns(self, line: PurchaseLine) -> None:
        self._since[line.vendor_id] = min(self._since.get(line.vendor_id, line.day), line.day)

    def _write(self, results: Sequence[Result]) -> None:
        PurchaseLine.objects.bulk_create(_lines(results, Outcome.CREATED))
        altered = list(_lines(results, Outcome.UPDATED))
        for line in altered:
            line.updated_at = self._now
        PurchaseLine.objects.bulk_update(altered, [*_columns(), "updated_at"], batch_size=500)
        PurchaseLine.objects.bulk_update(_lines(results, Outcome.DUPLICATE), ["external_id"], batch_size=500)
        counts = {outcome.value: sum(one.outcome == outcome for one in results) for outcome in Outcome}
        first = next((one.line for one in results if one.outcome in (Outcome.CREATED, Outcome.UPDATED)), None)
        if first is None:
            audit.record("purchases.written", detail=counts)
            return
        changed("purchases.written", first, detail=counts)
        for vendor_id, since in self._since.items():
            accrue_again(member_id=self._practice_id, vendor_id=vendor_id, since=since)


def _is_said(line: PurchaseLine, vendor_id: UUID, given: GivenLine) -> bool:
    """Whether the line says all this already. What it was matched to meanwhile is not the program's to say."""
    if (line.vendor_id, line.invoice) != (vendor_id, given.invoice) or not says_same(line, given):
        return False
    if line.file_id is not None:
        # As the file wrote it: the program's own words for it are not kept.
        return True
    kept = as_given(line)
    said = {name: getattr(given, name) for name in ("line", "code", "description", "unit")}
    if not given.line:
        # A file may have given it a number since.
        del said["line"]
    return all(kept[name] == value for name, value in said.items())


def _columns() -> Iterator[str]:
    return (name.removesuffix("_id") for name in _WRITTEN)


def _lines(results: Sequence[Result], outcome: Outcome) -> list[PurchaseLine]:
    return [one.line for one in results if one.outcome == outcome and one.line is not None]


def _differs(given: GivenLine) -> Conflict:
    return Conflict(
        "purchase_differs",
        f"Line {given.line} of invoice {given.invoice} is here already, and says otherwise. Send another number, or"
        " find the line by its invoice.",
        field="line",
    )
