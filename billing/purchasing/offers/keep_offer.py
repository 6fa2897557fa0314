"""A price for members on one item: added under a contract, given a last day, or taken out before anybody saw it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from billing.purchasing.catalog.listed import price_on
from billing.purchasing.contracts.listed import locked_contract
from billing.purchasing.models import Contract, Item, Offer, OfferKind, OfferPrice
from billing.purchasing.offers.price import less
from billing.purchasing.sentences import refusals
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.money import Money

MOST_BREAKS = 8
_TAKEN = Conflict(
    "offer_exists",
    "Members have an offer on this item for a part of these days. End that one first, or choose other days.",
    field="item_id",
)


@dataclass(frozen=True, slots=True)
class GivenPrice:
    """One of both: `minor` for one unit, or `off`, a share of the catalog price."""

    from_quantity: int = 1
    minor: int | None = None
    off: Decimal | None = None


def add_offer(
    *, contract_id: UUID, item_id: UUID, kind: str, begins_on: date, ends_on: date | None, prices: Sequence[GivenPrice]
) -> Offer:
    """kind: a value of OfferKind. ends_on: None for as long as the contract.

    Raises DomainError for a field, Conflict offer_exists, NotFound for a contract or an item that its vendor lacks.
    """
    # The database alone tells whether days are shared: two who add at once would both find nothing.
    with refusals({"offer_days_apart": _TAKEN, "offer_once": _TAKEN}):
        contract = locked_contract(contract_id)
        item = Item.objects.filter(vendor=contract.vendor_id, pk=item_id).first()
        if item is None:
            raise NotFound("item_missing", "This vendor has no such item.")
        last = _last_day(contract, begins_on, ends_on)
        _check(kind, prices)
        _check_below_catalog(price_on(item, begins_on), prices, currency=contract.currency)
        offer = Offer.objects.create(contract=contract, item=item, kind=kind, begins_on=begins_on, ends_on=last)
        OfferPrice.objects.bulk_create(
            OfferPrice(offer=offer, from_quantity=one.from_quantity, minor=one.minor, off=one.off) for one in prices
        )
        audit.record("offer.added", subject=offer, detail={"contract": contract.pk, "item": item.pk})
    return offer


def end_offer(*, offer_id: UUID, ends_on: date, today: date) -> Offer:
    """Raises DomainError for a day before today or before it begins, NotFound."""
    with transaction.atomic():
        offer = _locked(offer_id)
        if ends_on < max(offer.begins_on, today) and offer.contract.signed_on is not None:
            raise DomainError(
                "ends_in_the_past",
                "Choose today or a day to come: members may have bought at this price.",
                field="ends_on",
            )
        if ends_on < offer.begins_on:
            raise DomainError("ends_before_it_begins", "The last day is before the first one.", field="ends_on")
        if offer.ends_on is not None and ends_on > offer.ends_on:
            raise DomainError("ends_later", "It ends earlier already. Add another offer after it.", field="ends_on")
        offer.ends_on = ends_on
        offer.save()
        audit.record("offer.ended", subject=offer, detail={"on": ends_on.isoformat()})
    return offer


def remove_offer(*, offer_id: UUID, today: date) -> Contract:
    """Gone, as if it had never been. Raises Conflict offer_seen where members could buy by it, NotFound."""
    with transaction.atomic():
        offer = _locked(offer_id)
        contract = offer.contract
        if contract.signed_on is not None and offer.begins_on <= today:
            raise Conflict("offer_seen", "Members can buy at this price already. Give it a last day instead.")
        audit.record("offer.removed", subject=offer, detail={"contract": contract.pk, "item": offer.item_id})
        offer.delete()
    return contract


def _locked(offer_id: UUID) -> Offer:
    offer = Offer.objects.select_related("contract").select_for_update().filter(pk=offer_id).first()
    if offer is None:
        raise NotFound("offer_missing", "There is no such offer.")
    return offer


def _last_day(contract: Contract, begins_on: date, ends_on: date | None) -> date | None:
    last = contract.ends_on if ends_on is None else ends_on
    if begins_on < contract.begins_on or (contract.ends_on is not None and begins_on > contract.ends_on):
        raise DomainError("outside_the_contract", "The contract does not hold on that day.", field="begins_on")
    if last is not None and last < begins_on:
        raise DomainError("ends_before_it_begins", "The last day is before the first one.", field="ends_on")
    if contract.ends_on is not None and last is not None and last > contract.ends_on:
        raise DomainError(
            "outside_the_contract",
            f"The contract ends on {contract.ends_on:%B %-d, %Y}. Choose that day or an earlier one.",
            field="ends_on",
        )
    return last


def _check(kind: str, prices: Sequence[GivenPrice]) -> None:
    if kind not in OfferKind.values:
        raise DomainError("offer_kind_unknown", "Choose what kind of price it is.", field="kind")
    if not prices:
        raise DomainError("price_missing", "Write the price for members.", field="prices")
    if len(prices) > MOST_BREAKS:
        raise DomainError("breaks_many", f"An offer can have {MOST_BREAKS} steps at most.", field="prices")
    for one in prices:
        if (one.minor is None) == (one.off is None):
            raise DomainError(
                "price_two_ways", "Give an amount or a percentage for each step, not both.", field="prices"
            )
        if one.minor is not None and one.minor < 1:
            raise DomainError("price_none", "A price must be above zero.", field="prices")
        if one.off is not None and not 0 < one.off < 1:
            raise DomainError("off_impossible", "Write a percentage between 0 and 100.", field="prices")
    if kind != OfferKind.VOLUME:
        if len(prices) > 1 or prices[0].from_quantity != 1:
            raise DomainError("price_not_one", "Prices by quantity are an offer of their own kind.", field="prices")
        if (prices[0].off is None) != (kind == OfferKind.FIXED):
            raise DomainError("price_of_another_kind", "The price does not fit the kind of offer.", field="prices")
    elif len(prices) < 2 and prices[0].from_quantity == 1:
        raise DomainError(
            "breaks_missing", "Give a step for larger quantities too, or choose a fixed price.", field="prices"
        )
    for lower, upper in itertools.pairwise(prices):
        if upper.from_quantity <= lower.from_quantity:
            raise DomainError("breaks_out_of_order", "Give the steps in ascending order of quantity.", field="prices")
        if (lower.minor is None) != (upper.minor is None):
            raise DomainError("breaks_mixed", "Give all steps as amounts, or all as percentages.", field="prices")
        worse = (
            upper.minor >= lower.minor
            if upper.minor is not None and lower.minor is not None
            else (upper.off or 0) <= (lower.off or 0)
        )
        if worse:
            raise DomainError(
                "breaks_rise", f"From {upper.from_quantity} on, the price must be lower than before.", field="prices"
            )
    if prices[0].from_quantity < 1:
        raise DomainError("breaks_from_one", "A step begins with one or more.", field="prices")


def _check_below_catalog(catalog: int | None, prices: Sequence[GivenPrice], *, currency: str) -> None:
    for one in prices:
        if one.off is not None and less(catalog, one.off) == 0:
            raise DomainError("price_none", "That leaves nothing to pay. Write a smaller percentage.", field="prices")
        if catalog is not None and one.minor is not None and one.minor > catalog:
            shown = Money(catalog, currency)
            raise DomainError("price_above_catalog", f"The catalog price is {shown}, which is less.", field="prices")
