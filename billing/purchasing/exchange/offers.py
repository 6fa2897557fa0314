"""What the buying group offers, as other systems read it: signed, and each with all that it takes to work a price out.

Also offers to come and those that are over, with their days: nothing here depends on the day on which it is read, so
whatever changes is written, and whoever follows changes misses none.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from billing.purchasing.contracts.listed import in_force
from billing.purchasing.models import Offer
from core.exchange.numbers import as_number, in_sql
from core.exchange.resource import Filter, InSql, Kind, Resource, Row, column


def _signed() -> QuerySet[Offer]:
    """The database shows a practice no other; asked again, so that nothing hangs on one guard."""
    return Offer.objects.filter(contract__signed_on__isnull=False)


def _running(day: date, _application_id: UUID) -> Q:
    within = Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return within & in_force(day, "contract__")


_ITEM = ("vendor_id", "name", "manufacturer", "sku", "ndc", "unit")
_ADDED = (
    "vendor_id", "vendor_name", "contract_number", "contract_name", "currency", "item_name", "manufacturer", "sku",
    "ndc", "unit", "units", "catalog_prices", "prices",
)  # fmt: skip


def _around(ids: Sequence[UUID], _application_id: UUID) -> Mapping[UUID, Row]:
    offers = (
        Offer.objects.filter(id__in=ids)
        .select_related("contract", "item__vendor")
        .prefetch_related("prices", "item__units", "item__catalog_prices")
    )
    return {offer.id: _shown(offer) for offer in offers}


def _shown(offer: Offer) -> Row:
    item, contract = offer.item, offer.contract
    units = sorted(item.units.all(), key=lambda one: (one.holds, one.name))
    catalog = sorted(item.catalog_prices.all(), key=lambda one: one.from_day)
    return {
        "vendor_id": item.vendor_id,
        "vendor_name": item.vendor.name,
        "contract_number": contract.number,
        "contract_name": contract.name,
        "currency": contract.currency,
        "item_name": item.name,
        **{name: getattr(item, name) for name in _ITEM[2:]},
        "units": [{"name": one.name, "holds": one.holds} for one in units],
        "catalog_prices": [
            {"from_day": one.from_day, "minor": one.minor} for one in catalog if one.currency == contract.currency
        ],
        "prices": [
            {"from_quantity": one.from_quantity, "minor": one.minor, "off": as_number(one.off)}
            for one in offer.prices.all()
        ],
    }


def _nothing(_application_id: UUID) -> Sequence[str]:
    return ()


def _one(select: str) -> InSql:
    """Of the offer's item, contract or vendor."""
    return (
        f"(SELECT {select} FROM public.purchasing_item i JOIN public.purchasing_vendor v ON v.id = i.vendor_id,"  # noqa: S608
        " public.purchasing_contract c WHERE i.id = purchasing_offer.item_id AND c.id = purchasing_offer.contract_id)",
        _nothing,
    )


def _many(shown: str, *, of: str, where: str, by: str) -> InSql:
    pairs = f"coalesce(json_agg(json_build_object({shown}) ORDER BY {by}), '[]')"
    return f"(SELECT {pairs} FROM public.purchasing_{of} x WHERE {where})", _nothing  # noqa: S608


_IN_SQL: dict[str, InSql] = {
    "vendor_id": _one("i.vendor_id"),
    "vendor_name": _one("v.name"),
    "contract_number": _one("c.number"),
    "contract_name": _one("c.name"),
    "currency": _one("c.currency"),
    "item_name": _one("i.name"),
    **{name: _one(f"i.{name}") for name in _ITEM[2:]},
    "units": _many(
        "'name', x.name, 'holds', x.holds",
        of="itemunit",
        where="x.item_id = purchasing_offer.item_id",
        by="holds, name",
    ),
    "catalog_prices": _many(
        "'from_day', x.from_day, 'minor', x.minor",
        of="catalogprice",
        where="x.item_id = purchasing_offer.item_id AND x.currency ="
        " (SELECT c.currency FROM public.purchasing_contract c WHERE c.id = purchasing_offer.contract_id)",
        by="from_day",
    ),
    "prices": _many(
        f"'from_quantity', x.from_quantity, 'minor', x.minor, 'off', {in_sql('x.off')}",
        of="offerprice",
        where="x.offer_id = purchasing_offer.id",
        by="from_quantity",
    ),
}

OFFERS = Resource(
    name="offer",
    rows=_signed,
    columns=("id", "contract_id", "item_id", "kind", "begins_on", "ends_on", "created_at", "updated_at"),
    filters={
        "vendor_id": column(Kind.ID, "contract__vendor"),
        "contract_id": column(Kind.ID, "contract"),
        "item_id": column(Kind.ID, "item"),
        "day": Filter(Kind.DAY, _running),
    },
    added=_ADDED,
    add=_around,
    in_sql=_IN_SQL,
)
