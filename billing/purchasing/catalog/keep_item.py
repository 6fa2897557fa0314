"""One item of a catalog: added, changed, and given a price from a day on."""

from datetime import date
from uuid import UUID

from billing.purchasing.catalog.given import GivenItem, given_item
from billing.purchasing.catalog.listed import one_item
from billing.purchasing.models import CatalogPrice, Item, ItemUnit, PurchaseLine
from billing.purchasing.purchases.jobs import look_again
from billing.purchasing.sentences import refusals
from billing.purchasing.vendors.listed import one_vendor
from core import audit
from core.errors import Conflict, DomainError
from core.money import DIGITS

_TAKEN = {
    "item_sku_once": Conflict("item_exists", "This vendor has an item of that number already.", field="sku"),
    "item_ndc_once": Conflict("ndc_exists", "Another item of this vendor has that NDC.", field="ndc"),
}


def add_item(
    *,
    vendor_id: UUID,
    price_minor: int | None = None,
    from_day: date | None = None,
    currency: str = "USD",
    **words: str,
) -> Item:
    """words: as of `given_item`. price_minor: what anybody pays for one unit from `from_day` on.

    Raises DomainError for a field, Conflict item_exists and ndc_exists, NotFound.
    """
    vendor, given = one_vendor(vendor_id), given_item(**words)
    with refusals(_TAKEN):
        item = write_item(Item(vendor=vendor), given)
        if price_minor is not None:
            write_price(item, minor=price_minor, from_day=from_day, currency=currency)
        audit.record("item.added", subject=item, detail={"vendor": vendor.pk})
        look_again(vendor.pk)
    return item


def change_item(*, item_id: UUID, **words: str) -> Item:
    """Raises as `add_item`, and Conflict unit_in_use: what was bought is counted in the item's unit."""
    item, given = one_item(item_id), given_item(**words)
    with refusals(_TAKEN):
        check_unit_stays(item, given)
        write_item(item, given)
        audit.record("item.changed", subject=item)
        look_again(item.vendor_id)
    return item


def set_catalog_price(*, item_id: UUID, minor: int, from_day: date, currency: str = "USD") -> CatalogPrice:
    """Of one unit, from a day on; of the same day, it replaces the one before. Raises DomainError, NotFound."""
    item = one_item(item_id)
    with refusals({}):
        price = write_price(item, minor=minor, from_day=from_day, currency=currency)
        audit.record("item.priced", subject=item, detail={"from": from_day.isoformat(), "minor": minor})
    return price


def check_unit_stays(item: Item, given: GivenItem) -> None:
    """Raises Conflict unit_in_use."""
    kept = {one.name.casefold(): one.holds for one in item.units.all()}
    changed = {name for name, holds in given.units.items() if kept.get(name.casefold(), holds) != holds}
    if (item.unit.casefold() != given.unit.casefold() or changed) and PurchaseLine.objects.filter(item=item).exists():
        raise Conflict(
            "unit_in_use",
            "Members bought this item already, counted in its units. Add an item of its own for the new unit.",
            field="unit",
        )


def write_item(item: Item, given: GivenItem) -> Item:
    item.sku, item.name, item.manufacturer = given.sku, given.name, given.manufacturer
    item.ndc, item.unit = given.ndc, given.unit
    item.save()
    item.units.exclude(name__in=given.units).delete()
    for name, holds in given.units.items():
        ItemUnit.objects.update_or_create(item=item, name=name, defaults={"holds": holds})
    return item


def write_price(item: Item, *, minor: int, from_day: date | None, currency: str) -> CatalogPrice:
    if from_day is None:
        raise DomainError("from_day_missing", "Say from which day on the price holds.", field="from_day")
    if minor < 1:
        raise DomainError("price_none", "The catalog price must be above zero.", field="price_minor")
    if currency not in DIGITS:
        raise DomainError("currency_unknown", f"Choose one of {', '.join(DIGITS)}.", field="currency")
    price, _ = CatalogPrice.objects.update_or_create(
        item=item, from_day=from_day, defaults={"minor": minor, "currency": currency}
    )
    return price
