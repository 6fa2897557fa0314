"""What a member is told every year: what the network received on its purchases, by vendor (42 CFR 1001.952(j))."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from billing.purchasing.models import FeeShare
from core.money import Money


@dataclass(frozen=True, slots=True)
class Received:
    """Of one contract. bought: what the fee was on; received: the network's fee on it."""

    vendor: str
    contract: str
    bought: Money
    received: Money


def disclosure(*, practice_id: UUID, year: int) -> list[Received]:
    """Of fees on purchases whose days ended in that calendar year. Inside the practice."""
    sums = (
        FeeShare.objects.filter(practice=practice_id, receipt__last__range=(date(year, 1, 1), date(year, 12, 31)))
        .values_list("receipt__contract__vendor__name", "receipt__contract__name", "receipt__contract__currency")
        .annotate(bought=Sum("base_minor"), received=Sum("cents"))
        .order_by("receipt__contract__vendor__name", "receipt__contract__name")
    )
    return [
        Received(vendor, contract, Money(int(bought), currency), Money(int(received), currency))
        for vendor, contract, currency, bought, received in sums
    ]


def years_of(*, practice_id: UUID) -> list[int]:
    """The years there is anything to tell of, the newest first."""
    lasts = FeeShare.objects.filter(practice=practice_id).values_list("receipt__last", flat=True).distinct()
    return sorted({last.year for last in lasts}, reverse=True)
