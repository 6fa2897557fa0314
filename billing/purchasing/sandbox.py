"""What a sandbox can buy: a made-up vendor with a few items and offers; and what it bought there before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from billing.purchasing.models import CatalogPrice, Contract, Fee, Item, ItemUnit, Offer, OfferKind, OfferPrice, Vendor
from billing.purchasing.purchases.keep_lines import keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from core.tenancy.scope import control_plane, current_practice

VENDOR = "Sandbox Medical Supply (made up)"
_SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class _Ware:
    """units: name → how many of the item's own. prices: from a quantity on, cents or a share of the catalog price."""

    sku: str
    name: str
    unit: str
    catalog_minor: int
    kind: OfferKind
    prices: tuple[tuple[int, int | str], ...]
    units: tuple[tuple[str, int], ...] = ()


_WARES = (
    _Ware("SMS-100", "Made-up filler, 1 ml", "syringe", 32_000, OfferKind.FIXED, ((1, 28_000),), (("box", 5),)),
    _Ware("SMS-200", "Made-up toxin, 100 units", "vial", 60_000, OfferKind.PERCENT, ((1, "0.1"),), (("case", 10),)),
    _Ware("SMS-300", "Made-up cannula, 25 G", "piece", 700, OfferKind.VOLUME, ((1, 650), (50, 600)), (("bag", 50),)),
)
# Days ago, number of the item, description, quantity, unit, cents: one that nobody knows, and a return among them.
_BOUGHT = (
    (40, "SMS-100", "Filler 1 ml", 2, "box", 280_000),
    (40, "SMS-300", "Cannula 25 G", 1, "bag", 30_000),
    (12, "SMS-200", "Toxin 100 u", 6, "vial", 324_000),
    (9, "SMS-200", "Toxin 100 u, returned", -1, "vial", -54_000),
    (9, "", "Aftercare kit", 10, "", 12_000),
)


def stock_sandbox(*, now: datetime) -> None:
    """Inside the new practice. What it bought is of its own; the vendor is one for all sandboxes."""
    place = current_practice()
    with control_plane():
        vendor = _vendor()
    lines = [
        GivenLine(
            row=place_in,
            invoice=f"SMS-{ago:03}",
            line=str(place_in + 1),
            day=(now - timedelta(days=ago)).date(),
            code=code,
            description=description,
            quantity=Decimal(quantity),
            unit=unit,
            amount=amount,
        )
        for place_in, (ago, code, description, quantity, unit, amount) in enumerate(_BOUGHT)
    ]
    keep_lines(
        lines,
        practice_id=place.id,
        vendor_id=vendor.id,
        currency="USD",
        matcher=Matcher(vendor_id=vendor.id, practice_id=place.id),
        keys=Keys(),
        file_id=None,
        now=now,
    )


@transaction.atomic
def _vendor() -> Vendor:
    vendor, is_new = Vendor.objects.get_or_create(name=VENDOR, defaults={"made_up": True})
    if not is_new:
        return vendor
    contract = Contract.objects.create(
        vendor=vendor,
        number="SANDBOX-1",
        name="Made up, for sandboxes",
        begins_on=_SINCE,
        fee=Fee.NONE,
        signed_on=_SINCE,
        signed_by="Nobody",
        signed_for_vendor_by="Nobody",
    )
    for ware in _WARES:
        item = Item.objects.create(vendor=vendor, sku=ware.sku, name=ware.name, unit=ware.unit)
        ItemUnit.objects.bulk_create(ItemUnit(item=item, name=name, holds=holds) for name, holds in ware.units)
        CatalogPrice.objects.create(item=item, from_day=_SINCE, minor=ware.catalog_minor)
        offer = Offer.objects.create(contract=contract, item=item, kind=ware.kind, begins_on=_SINCE)
        OfferPrice.objects.bulk_create(
            OfferPrice(offer=offer, from_quantity=quantity, minor=price)
            if isinstance(price, int)
            else OfferPrice(offer=offer, from_quantity=quantity, off=Decimal(price))
            for quantity, price in ware.prices
        )
    return vendor
