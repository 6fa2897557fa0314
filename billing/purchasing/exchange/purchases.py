"""What a practice bought, as other systems read it: lines of invoices, whoever brought them, and what each is."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.line import MADE
from core.exchange.numbers import as_number, in_sql
from core.exchange.own_id import OWN_ID_FILTER, own_id_in_sql, own_id_shown
from core.exchange.resource import Filter, Kind, Resource, Row, column
from core.tenancy.scope import current_practice, in_practice


class Match(StrEnum):
    """What a line became."""

    MATCHED = "matched"
    UNIT_UNKNOWN = "unit_unknown"
    UNMATCHED = "unmatched"
    SET_ASIDE = "set_aside"
    FREIGHT = "freight"


_WHERE = {
    Match.MATCHED: Q(item__isnull=False, units__isnull=False),
    Match.UNIT_UNKNOWN: Q(item__isnull=False, units__isnull=True),
    Match.UNMATCHED: Q(item__isnull=True, is_freight=False, set_aside=False),
    Match.SET_ASIDE: Q(set_aside=True, is_freight=False),
    Match.FREIGHT: Q(is_freight=True),
}
_OF = PurchaseLine._meta.db_table
_MATCH = (
    f"CASE WHEN {_OF}.is_freight THEN 'freight' WHEN {_OF}.set_aside THEN 'set_aside'"
    f" WHEN {_OF}.item_id IS NULL THEN 'unmatched' WHEN {_OF}.units IS NULL THEN 'unit_unknown' ELSE 'matched' END"
)


def match_of(line: PurchaseLine) -> Match:
    if line.is_freight:
        return Match.FREIGHT
    if line.set_aside:
        return Match.SET_ASIDE
    if line.item_id is None:
        return Match.UNMATCHED
    return Match.UNIT_UNKNOWN if line.units is None else Match.MATCHED


def own_lines() -> QuerySet[PurchaseLine]:
    """Of the practice that is entered, none where none is: as control plane, the database would show everybody's.

    The practice is named so that an index finds them, too.
    """
    return PurchaseLine.objects.filter(practice=current_practice().id) if in_practice() else PurchaseLine.objects.none()


def _matches(ids: Sequence[UUID], _application_id: UUID) -> Mapping[UUID, Row]:
    return {line.id: {"match": match_of(line).value} for line in own_lines().filter(id__in=ids)}


PURCHASES = Resource(
    name="purchase",
    rows=own_lines,
    columns=(
        "id", "external_id", "vendor_id", "invoice", "line", "day", "code", "description", "quantity", "unit",
        "amount_minor", "currency", "is_freight", "item_id", "units", "created_at", "updated_at",
    ),
    sent="purchases.sent",
    listed="purchases",
    filters={
        "external_id": OWN_ID_FILTER,
        "vendor_id": column(Kind.ID, "vendor"),
        "invoice": column(Kind.TEXT, "invoice"),
        "item_id": column(Kind.ID, "item"),
        "match": Filter(Kind.CHOICE, lambda value, _application_id: _WHERE[Match(value)], tuple(Match)),
        "day_from": column(Kind.DAY, "day__gte"),
        "day_to": column(Kind.DAY, "day__lte"),
    },
    shown={
        "external_id": own_id_shown,
        "line": lambda kept, _application_id: "" if kept.startswith(MADE) else kept,
        "quantity": lambda kept, _application_id: as_number(kept),
        "units": lambda kept, _application_id: as_number(kept),
    },
    added=("match",),
    add=_matches,
    in_sql={
        "external_id": own_id_in_sql(_OF),
        "line": (f"CASE WHEN starts_with({_OF}.line, '{MADE}') THEN '' ELSE {_OF}.line END", lambda _id: ()),
        "quantity": (in_sql(f"{_OF}.quantity"), lambda _id: ()),
        "units": (in_sql(f"{_OF}.units"), lambda _id: ()),
        "match": (_MATCH, lambda _id: ()),
    },
)  # fmt: skip
