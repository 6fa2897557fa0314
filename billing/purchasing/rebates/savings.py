"""What a member spent, saved and earned: by vendor, in a span of days."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from billing.purchasing.accrual import Period
from billing.purchasing.models import Accrual, Every, PaymentShare, Vendor
from billing.purchasing.programs.periods import previous
from core.money import Money

# Against what the catalog said that day; a line whose item, unit or price nobody knows saved nothing that can be told.
_BOUGHT = """
SELECT line.vendor_id, sum(line.amount_minor)::bigint,
  coalesce(sum(round(price.minor * line.units) - line.amount_minor) FILTER (WHERE price.minor IS NOT NULL), 0)::bigint
FROM public.purchasing_purchaseline AS line
LEFT JOIN LATERAL (
  SELECT of.minor FROM public.purchasing_catalogprice AS of
  WHERE of.item_id = line.item_id AND of.from_day <= line.day AND of.currency = line.currency AND line.units IS NOT NULL
  ORDER BY of.from_day DESC LIMIT 1
) AS price ON true
WHERE line.practice_id = %s AND line.currency = %s AND line.day BETWEEN %s AND %s AND NOT line.is_freight
GROUP BY line.vendor_id
"""


@dataclass(frozen=True, slots=True)
class OfVendor:
    """Minor units. earned: so far, of periods that the days lie in; paid: came in during them."""

    vendor_id: UUID
    name: str
    spent: int
    saved: int
    earned: int
    paid: int
    currency: str

    @property
    def spent_money(self) -> Money:
        return Money(self.spent, self.currency)

    @property
    def saved_money(self) -> Money:
        return Money(self.saved, self.currency)

    @property
    def earned_money(self) -> Money:
        return Money(self.earned, self.currency)

    @property
    def paid_money(self) -> Money:
        return Money(self.paid, self.currency)


def savings(*, practice_id: UUID, days: Period, currency: str = "USD") -> list[OfVendor]:
    """By vendor, those spent most on first. Inside the practice."""
    bought = bought_and_saved(practice_id=practice_id, days=days, currency=currency)
    earned = dict(
        Accrual.objects.filter(
            practice=practice_id, first__lte=days.last, last__gte=days.first, program__contract__currency=currency
        )
        .values_list("program__contract__vendor")
        .annotate(sum=Sum("cents"))
    )
    paid = dict(
        PaymentShare.objects.filter(
            of__practice=practice_id,
            payment__day__range=(days.first, days.last),
            of__program__contract__currency=currency,
        )
        .values_list("of__program__contract__vendor")
        .annotate(sum=Sum("cents"))
    )
    names = dict(Vendor.objects.filter(pk__in={*bought, *earned, *paid}).values_list("pk", "name"))
    found = [
        OfVendor(id, name, *bought.get(id, (0, 0)), int(earned.get(id, 0)), int(paid.get(id, 0)), currency)
        for id, name in names.items()
    ]
    return sorted(found, key=lambda one: (-one.spent, one.name))


def bought_and_saved(*, practice_id: UUID, days: Period, currency: str) -> dict[UUID, tuple[int, int]]:
    """By vendor: (spent, saved against the catalog)."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, [practice_id, currency, days.first, days.last])
        return {vendor_id: (spent, saved) for vendor_id, spent, saved in cursor.fetchall()}


def same_days_before(days: Period) -> Period:
    """As many days of the quarter before, from its beginning: what this quarter so far compares with."""
    before = previous(days, Every.QUARTER)
    return Period(before.first, min(before.first + (days.last - days.first), before.last))
