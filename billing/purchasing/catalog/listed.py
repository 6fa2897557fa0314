"""The items of a vendor, found by number, NDC, name or manufacturer."""

from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from billing.purchasing.models import CatalogPrice, Item
from core.errors import NotFound


def items_of(vendor_id: UUID, *, text: str = "", day: date) -> QuerySet[Item]:
    """By name, each with its units and, of `day`, `price_minor` and `price_currency` (None: it has no price yet)."""
    found = with_price(Item.objects.filter(vendor=vendor_id), day=day).prefetch_related("units")
    return found.filter(named(text)) if text else found


def one_item(item_id: UUID) -> Item:
    """With its vendor. Raises NotFound."""
    item = Item.objects.select_related("vendor").filter(pk=item_id).first()
    if item is None:
        raise NotFound("item_missing", "There is no such item.")
    return item


def with_price(items: QuerySet[Item], *, day: date) -> QuerySet[Item]:
    newest = CatalogPrice.objects.filter(item=OuterRef("pk"), from_day__lte=day).order_by("-from_day")
    return items.annotate(
        price_minor=Subquery(newest.values("minor")[:1]), price_currency=Subquery(newest.values("currency")[:1])
    )


def named(text: str, prefix: str = "") -> Q:
    """Of items, or of what leads to one by `prefix`, that hold `text` in a name or begin with it as a number."""
    digits = text.replace("-", "").replace(" ", "")
    found = (
        Q(**{f"{prefix}name__icontains": text})
        | Q(**{f"{prefix}manufacturer__icontains": text})
        | Q(**{f"{prefix}sku__istartswith": text})
    )
    return found | Q(**{f"{prefix}ndc__contains": digits}) if digits.isdecimal() else found


def price_on(item: Item, day: date) -> int | None:
    """What one unit costs anybody that day, in minor units; None where it has no price yet."""
    newest = CatalogPrice.objects.filter(item=item, from_day__lte=day).order_by("-from_day").first()
    return newest.minor if newest else None
