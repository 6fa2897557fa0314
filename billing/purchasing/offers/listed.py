"""The offers of a contract, and those that members can buy by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from billing.purchasing.catalog.listed import named
from billing.purchasing.contracts.listed import in_force
from billing.purchasing.models import CatalogPrice, Offer
from billing.purchasing.offers.price import Step, steps
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Offered:
    """catalog_minor: what anybody pays for one unit, None where nobody gave it. steps: what members pay, by quantity.

    saves: by the first step on one unit, minor units; None where there is nothing to compare with.
    """

    offer: Offer
    catalog_minor: int | None
    steps: list[Step]

    @property
    def saves(self) -> int | None:
        first = self.steps[0].minor
        return None if first is None or self.catalog_minor is None else self.catalog_minor - first

    @property
    def saves_percent(self) -> int | None:
        """In whole percent of the catalog price."""
        return (
            None
            if self.saves is None or not self.catalog_minor
            else round(Fraction(self.saves * 100, self.catalog_minor))
        )


def offers_of(contract_id: UUID, *, day: date) -> list[Offered]:
    """By the item's name, also those to come and those that are over; compared with the catalog of `day`."""
    return _offered(_with_catalog(Offer.objects.filter(contract=contract_id), day))


def offers_on(day: date, *, text: str = "") -> QuerySet[Offer]:
    """What members can buy by that day: of signed contracts in force. text: in the item, its maker or its vendor."""
    running = Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    found = _with_catalog(Offer.objects.filter(running, in_force(day, "contract__")), day)
    if text:
        found = found.filter(named(text, "item__") | Q(item__vendor__name__icontains=text))
    return found.order_by("item__name", "pk")


def shown(offers: Iterable[Offer]) -> list[Offered]:
    """Of `offers_on`."""
    return _offered(offers)


def one_offer(offer_id: UUID) -> Offer:
    """With its contract, vendor and item. Raises NotFound."""
    offer = Offer.objects.select_related("contract__vendor", "item").filter(pk=offer_id).first()
    if offer is None:
        raise NotFound("offer_missing", "There is no such offer.")
    return offer


def _with_catalog(offers: QuerySet[Offer], day: date) -> QuerySet[Offer]:
    newest = CatalogPrice.objects.filter(
        item=OuterRef("item"), from_day__lte=day, currency=OuterRef("contract__currency")
    ).order_by("-from_day")
    return (
        offers.select_related("item__vendor", "contract")
        .prefetch_related("prices", "item__units")
        .annotate(catalog_minor=Subquery(newest.values("minor")[:1]))
    )


def _offered(offers: Iterable[Offer]) -> list[Offered]:
    return [_one(offer, getattr(offer, "catalog_minor", None)) for offer in offers]


def _one(offer: Offer, catalog_minor: int | None) -> Offered:
    return Offered(offer, catalog_minor, steps(offer.prices.all(), catalog_minor=catalog_minor))
