"""A vendor with what it sells, as rows: for tests that begin where a contract is signed already."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from billing.purchasing.models import Contract, Item, ProgramItem, ProgramTier, ProgramVersion, RebateProgram, Vendor

QUARTERLY = [("10000000", "0.02"), ("20000000", "0.03")]  # 2 percent from $100,000, 3 percent from $200,000


def vendor(name: str = "Lumen Aesthetics") -> Vendor:
    return Vendor.objects.create(name=name, email="claims@lumen.example")


def item(of: Vendor, sku: str = "LX-100", **fields: Any) -> Item:
    return Item.objects.create(vendor=of, sku=sku, **{"name": f"Item {sku}", "unit": "vial", **fields})


def contract(of: Vendor, number: str = "C-1", *, signed: bool = True, **fields: Any) -> Contract:
    hands = {"signed_on": date(2025, 12, 1), "signed_by": "Nora Nolan", "signed_for_vendor_by": "Vera Vance"}
    kept = {"name": "Injectables", "begins_on": date(2025, 1, 1), "fee": "none", **(hands if signed else {}), **fields}
    return Contract.objects.create(vendor=of, number=number, **kept)


def program(of: Contract, name: str = "Volume rebate") -> RebateProgram:
    return RebateProgram.objects.create(contract=of, name=name)


def version(
    of: RebateProgram,
    number: int = 1,
    *,
    from_day: date = date(2026, 1, 1),
    every: str = "quarter",
    tiers: Iterable[tuple[str, str]] = QUARTERLY,
    items: Iterable[Item] = (),
    **fields: Any,
) -> ProgramVersion:
    said = {"measured": "volume", "way": "flat", "why": "" if number == 1 else "Agreed anew.", **fields}
    made = ProgramVersion.objects.create(program=of, number=number, from_day=from_day, every=every, **said)
    ProgramTier.objects.bulk_create(
        ProgramTier(version=made, place=place, at=Decimal(at), rate=Decimal(rate))
        for place, (at, rate) in enumerate(tiers)
    )
    ProgramItem.objects.bulk_create(ProgramItem(version=made, item=one) for one in items)
    return made
