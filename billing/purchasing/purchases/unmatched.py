"""Lines that nobody knows the item of: each word for an item once, the dearest first."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.match import alias_key
from core.money import Money


@dataclass(slots=True)
class Unmatched:
    """One word of a member for one item. key: alias_key of it. minor: all its lines, net of returns."""

    vendor_id: UUID
    vendor: str
    key: str
    code: str
    description: str
    currency: str
    lines: int = 0
    minor: int = 0
    last: date = date.min
    units: set[str] = field(default_factory=set)

    @property
    def money(self) -> Money:
        return Money(self.minor, self.currency)

    @property
    def name(self) -> str:
        return self.description or self.code


def unmatched(*, practice_id: UUID) -> list[Unmatched]:
    """Inside the practice."""
    found: dict[tuple[UUID, str], Unmatched] = {}
    lines = PurchaseLine.objects.filter(
        practice=practice_id, item__isnull=True, is_freight=False, set_aside=False
    ).values_list("vendor_id", "vendor__name", "code", "description", "currency", "amount_minor", "day", "unit")
    for vendor_id, vendor, code, description, currency, minor, day, unit in lines.iterator():
        key = alias_key(code, description)
        one = found.setdefault((vendor_id, key), Unmatched(vendor_id, vendor, key, code, description, currency))
        one.lines += 1
        one.minor += minor
        one.last = max(one.last, day)
        if unit:
            one.units.add(unit)
    return sorted(found.values(), key=lambda one: (-abs(one.minor), one.vendor, one.key))
