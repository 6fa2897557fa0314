"""A whole catalog from a file: every row is read before any is written, and one that is wrong keeps all of them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.purchasing.catalog.given import GivenItem, given_item
from billing.purchasing.catalog.keep_item import check_unit_stays
from billing.purchasing.catalog.read_table import Row, read_table
from billing.purchasing.models import CatalogPrice, Item, ItemUnit
from billing.purchasing.purchases.jobs import look_again
from billing.purchasing.sentences import refusals
from billing.purchasing.vendors.listed import one_vendor
from core import audit
from core.errors import Conflict, DomainError
from core.money import DIGITS
from core.sheets.brought import MEGABYTE, whole
from core.sheets.cells.amounts import read_amount
from core.sheets.cells.faults import CellFault
from core.sheets.faults import RowFault

MOST = 16 * MEGABYTE
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; `row` as a spreadsheet numbers it."""

    row: int
    says: str


class CatalogRefused(DomainError):
    """faults: by row. Nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        rows = f"{len(faults)} row{'' if len(faults) == 1 else 's'}"
        super().__init__(
            "catalog_faulty", f"{rows} cannot be read, so nothing was taken in. Mend the file, and bring it again.",
            field="file",
        )  # fmt: skip
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many items are new, how many were here, and how many of those have another price now."""

    new: int
    known: int
    priced: int


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    item: GivenItem
    minor: int


def take_in_catalog(*, vendor_id: UUID, chunks: Iterable[bytes], from_day: date, currency: str = "USD") -> TakenIn:
    """Items by their number: new ones are added, known ones changed, those that the file lacks stay. The prices hold
    from `from_day` on.

    Raises CatalogRefused, FileRefused (core.sheets) or DomainError for the file, NotFound.
    """
    vendor = one_vendor(vendor_id)
    if currency not in DIGITS:
        raise DomainError("currency_unknown", f"Choose one of {', '.join(DIGITS)}.", field="currency")
    try:
        rows = read_table(whole(chunks, most=MOST, then="Bring it in parts."))
    except DomainError as error:
        raise DomainError(error.code, error.message, field="file") from None
    if len(rows) > MOST_ROWS:
        raise DomainError(
            "file_too_long", f"The file has more than {MOST_ROWS:,} rows. Bring it in parts.", field="file"
        )
    lines = _read(rows, currency)
    taken = Conflict("ndc_exists", "An item that is not in the file has an NDC of it. Look for it first.", field="file")
    with refusals({"item_ndc_once": taken}):
        done = _write(vendor.pk, lines, from_day=from_day, currency=currency)
        audit.record(
            "catalog.taken_in",
            subject=vendor,
            detail={"new": done.new, "known": done.known, "from": from_day.isoformat()},
        )
        look_again(vendor.pk)
    return done


def _read(rows: list[Row], currency: str) -> list[_Line]:
    """Raises CatalogRefused."""
    lines: list[_Line] = []
    faults: list[Fault] = []
    skus: dict[str, int] = {}
    ndcs: dict[str, int] = {}
    for number, cells in rows:
        try:
            line = _line(number, cells, currency)
            _once(skus, line.item.sku.upper(), number, what="Item number")
            if line.item.ndc:
                _once(ndcs, line.item.ndc, number, what="NDC")
        except RowFault as fault:
            faults.append(Fault(number, str(fault)))
        else:
            lines.append(line)
    if faults:
        raise CatalogRefused(faults)
    return lines


def _line(number: int, cells: dict[str, str] | RowFault, currency: str) -> _Line:
    if isinstance(cells, RowFault):
        raise cells
    words = {field: text for field, text in cells.items() if field != "price"}
    try:
        item = given_item(**words)
    except DomainError as error:
        raise RowFault(error.message) from None
    try:
        minor = read_amount(cells["price"], currency=currency)
    except CellFault as fault:
        raise RowFault(f"Catalog price: {fault}") from None
    if minor < 1:
        raise RowFault("Catalog price: write an amount above zero")
    return _Line(number, item, minor)


def _once(seen: dict[str, int], key: str, number: int, *, what: str) -> None:
    if key in seen:
        raise RowFault(f"{what}: row {seen[key]} has the same")
    seen[key] = number


def _write(vendor_id: UUID, lines: list[_Line], *, from_day: date, currency: str) -> TakenIn:
    # Nobody changes an item between the look and the write.
    here = {
        item.sku.upper(): item
        for item in Item.objects.select_for_update().filter(vendor=vendor_id).prefetch_related("units")
    }
    before = dict(
        CatalogPrice.objects.filter(item__vendor=vendor_id, from_day__lte=from_day)
        .order_by("item_id", "-from_day")
        .distinct("item_id")
        .values_list("item_id", "minor")
    )
    _check_units(lines, here)
    known = [_filled(here[line.item.sku.upper()], line.item) for line in lines if line.item.sku.upper() in here]
    new = [_filled(Item(vendor_id=vendor_id), line.item) for line in lines if line.item.sku.upper() not in here]
    # An NDC may pass from one item of the file to another: first they let go of it.
    Item.objects.filter(pk__in=[item.pk for item in known]).update(ndc="")
    Item.objects.bulk_update(known, ["sku", "name", "manufacturer", "ndc", "unit"], batch_size=1000)
    Item.objects.bulk_create(new, batch_size=1000)
    of = {item.sku.upper(): item for item in [*known, *new]}
    items = [of[line.item.sku.upper()] for line in lines]
    ItemUnit.objects.filter(item__in=[item.pk for item in known]).delete()
    ItemUnit.objects.bulk_create(
        ItemUnit(item=item, name=name, holds=holds)
        for item, line in zip(items, lines, strict=True)
        for name, holds in line.item.units.items()
    )
    priced = [(item, line.minor) for item, line in zip(items, lines, strict=True) if before.get(item.pk) != line.minor]
    CatalogPrice.objects.bulk_create(
        (CatalogPrice(item=item, from_day=from_day, minor=minor, currency=currency) for item, minor in priced),
        update_conflicts=True,
        unique_fields=["item", "from_day"],
        update_fields=["minor", "currency"],
        batch_size=1000,
    )
    return TakenIn(new=len(new), known=len(known), priced=sum(item.pk in before for item, _ in priced))


def _check_units(lines: list[_Line], here: dict[str, Item]) -> None:
    """Raises CatalogRefused for items that were bought in another unit."""
    faults: list[Fault] = []
    for line in lines:
        if item := here.get(line.item.sku.upper()):
            try:
                check_unit_stays(item, line.item)
            except Conflict as conflict:
                faults.append(Fault(line.row, conflict.message))
    if faults:
        raise CatalogRefused(faults)


def _filled(item: Item, given: GivenItem) -> Item:
    item.sku, item.name, item.manufacturer = given.sku, given.name, given.manufacturer
    item.ndc, item.unit = given.ndc, given.unit
    return item
