"""Lines that nobody knows the item of: each word for an item once, the dearest first."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, QuerySet, Sum

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


def open_lines() -> QuerySet[PurchaseLine]:
    """Goods whose item nobody knows, and of which no member said that they stand in no catalog."""
    return PurchaseLine.objects.filter(item__isnull=True, is_freight=False, set_aside=False)


def unmatched(*, practice_id: UUID) -> list[Unmatched]:
    """Inside the practice. The database puts lines that say the same together."""
    found: dict[tuple[UUID, str], Unmatched] = {}
    alike = (
        open_lines()
        .filter(practice=practice_id)
        .values_list("vendor_id", "vendor__name", "code", "description", "currency")
        .annotate(n=Count("id"), sum=Sum("amount_minor"), last=Max("day"), units=ArrayAgg("unit", distinct=True))
        .order_by("-last", "code", "description")
    )
    for vendor_id, vendor, code, description, currency, n, minor, last, units in alike:
        key = alias_key(code, description)
        one = found.setdefault((vendor_id, key), Unmatched(vendor_id, vendor, key, code, description, currency))
        one.lines += n
        one.minor += int(minor)
        one.last = max(one.last, last)
        one.units.update(unit for unit in units if unit)
    return sorted(found.values(), key=lambda one: (-abs(one.minor), one.vendor, one.key))


def words_unmatched(*, practice_id: UUID) -> int:
    """How many of them there are. Reads each word once, however many lines it has. Inside the practice."""
    words = open_lines().filter(practice=practice_id).values_list("vendor_id", "code", "description").distinct()
    return len({(vendor_id, alias_key(code, description)) for vendor_id, code, description in words})
