"""Lines that cost more than the contract says: worth a call to the vendor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from billing.purchasing.accrual import Period
from billing.purchasing.models import CatalogPrice, Offer, PurchaseLine
from billing.purchasing.offers.price import less
from core.money import Money

# Below a dollar a line, a call costs more than it brings.
_WORTH_A_CALL = 100


@dataclass(frozen=True, slots=True)
class Overcharged:
    """agreed: what the line should have cost, in minor units."""

    line: PurchaseLine
    agreed: int

    @property
    def too_much(self) -> Money:
        return Money(self.line.amount_minor - self.agreed, self.line.currency)

    @property
    def agreed_money(self) -> Money:
        return Money(self.agreed, self.line.currency)


def overcharged(*, practice_id: UUID, days: Period) -> list[Overcharged]:
    """The dearest first. Inside the practice."""
    lines = list(
        PurchaseLine.objects.filter(
            practice=practice_id, day__range=(days.first, days.last), units__gt=0, amount_minor__gt=0
        ).select_related("vendor", "item")
    )
    items = {line.item_id for line in lines if line.item_id}
    offers: dict[UUID, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.filter(item__in=items).select_related("contract").prefetch_related("prices"):
        offers[offer.item_id].append(offer)
    catalog: dict[UUID, list[CatalogPrice]] = defaultdict(list)
    for price in CatalogPrice.objects.filter(item__in=offers).order_by("-from_day"):
        catalog[price.item_id].append(price)
    found = []
    for line in lines:
        if line.item_id is None or line.units is None:
            continue
        each = _agreed(offers[line.item_id], catalog[line.item_id], line, line.units)
        if each is None:
            continue
        agreed = int((each * line.units).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
        if line.amount_minor - agreed >= _WORTH_A_CALL:
            found.append(Overcharged(line, agreed))
    return sorted(found, key=lambda one: (-one.too_much.minor, one.line.day, one.line.pk))


def _agreed(offers: Sequence[Offer], catalog: Sequence[CatalogPrice], line: PurchaseLine, units: Decimal) -> int | None:
    """What one unit costs by the offer of that day; None where there is none."""
    for offer in offers:
        if offer.contract.currency != line.currency or not _holds(offer, line.day):
            continue
        steps = [price for price in offer.prices.all() if price.from_quantity <= units]
        if not steps:
            continue
        step = max(steps, key=lambda price: price.from_quantity)
        if step.minor is not None:
            return int(step.minor)
        listed = next((price.minor for price in catalog if price.from_day <= line.day), None)
        return less(listed, step.off) if step.off is not None else None
    return None


def _holds(offer: Offer, day: date) -> bool:
    spans = ((offer.begins_on, offer.ends_on), (offer.contract.begins_on, offer.contract.ends_on))
    return all(begins <= day and (ends is None or day <= ends) for begins, ends in spans)
