"""A vendor that Aurora buys of, for tests of what programs read and send."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from billing.purchasing.models import Item, Offer, Vendor
from tests.billing.purchasing import selling

PURCHASES, BULK, OFFERS, VENDORS = (f"/api/v1/{path}/" for path in ("purchases", "purchases/bulk", "offers", "vendors"))


@dataclass(frozen=True, slots=True)
class Deal:
    vendor: Vendor
    filler: Item
    toxin: Item
    offer: Offer

    def line(self, external_id: str = "", **fields: Any) -> dict[str, Any]:
        """One that a program sends: two fillers, each for $400."""
        return {
            "external_id": external_id or str(uuid4()),
            "vendor_id": str(self.vendor.id),
            "invoice": "A-1",
            "line": "1",
            "day": "2026-10-05",
            "code": "SF-100",
            "quantity": 2,
            "amount_minor": 80_000,
            **fields,
        }


def deal() -> Deal:
    vendor = selling.vendor()
    filler = selling.item(vendor, "SF-100", name="Silk filler", unit="syringe")
    toxin = selling.item(vendor, "ST-200", name="Still toxin", unit="vial")
    toxin.units.create(name="case", holds=10)
    filler.catalog_prices.create(from_day=date(2025, 1, 1), minor=45_000)
    offer = filler.offers.create(contract=selling.contract(vendor), kind="percent", begins_on=date(2026, 1, 1))
    offer.prices.create(off=Decimal("0.1"))
    return Deal(vendor, filler, toxin, offer)
