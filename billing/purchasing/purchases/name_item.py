"""A member says what it calls an item: for the lines that are here, and for all that come."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from billing.purchasing.models import Item, ItemAlias, PurchaseLine
from billing.purchasing.purchases.match import Matcher, alias_key
from billing.purchasing.rebates.jobs import accrue_again
from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated

_WORDS = "code", "description"


def name_item(*, practice_id: UUID, vendor_id: UUID, key: str, item_id: UUID | None, now: datetime) -> int:
    """item_id: None says that it stands in no catalog. Returns how many lines were named. Inside the practice.

    Raises NotFound for a vendor without such lines, DomainError for an item of another vendor.
    """
    item = Item.objects.filter(id=item_id, vendor=vendor_id).first() if item_id else None
    if item_id and item is None:
        raise DomainError("item_missing", "That vendor sells no such item. Choose another one.", field="item")
    with transaction.atomic():
        open_lines = PurchaseLine.objects.filter(
            practice=practice_id, vendor=vendor_id, item__isnull=True, is_freight=False
        )
        ids = [id for id, *words in open_lines.values_list("id", *_WORDS) if alias_key(*words) == key]
        if not ids:
            raise NotFound("line_missing", "There is no such line.")
        alias, _ = ItemAlias.objects.update_or_create(
            practice_id=practice_id, vendor_id=vendor_id, key=key, defaults={"item": item}
        )
        earliest = _write(ids, item, practice_id=practice_id, vendor_id=vendor_id, now=now)
        changed("purchases.named", alias, detail={"lines": len(ids), "item": item_id})
        accrue_again(member_id=practice_id, vendor_id=vendor_id, since=earliest)
    return len(ids)


def forget_name(*, alias_id: UUID, practice_id: UUID, now: datetime) -> ItemAlias:
    """The word is nobody's again, and its lines are open. Raises NotFound; Conflict where a rebate was claimed."""
    with transaction.atomic():
        alias = ItemAlias.objects.select_for_update().filter(id=alias_id, practice=practice_id).first()
        if alias is None:
            raise NotFound("name_missing", "There is no such name.")
        named = PurchaseLine.objects.filter(
            practice=practice_id, vendor=alias.vendor_id, item=alias.item_id, is_freight=False
        )
        if alias.item_id is None:
            named = named.filter(set_aside=True)
        lines = [
            (id, day) for id, day, *words in named.values_list("id", "day", *_WORDS) if alias_key(*words) == alias.key
        ]
        try:
            with transaction.atomic():
                PurchaseLine.objects.filter(id__in=[id for id, _ in lines]).update(
                    item=None, units=None, set_aside=False, updated_at=now
                )
        except IntegrityError as error:
            if violated(error) != "purchase_line_claimed_stays":
                raise
            message = "The network has claimed rebates for lines of that name, so it stays."
            raise Conflict("purchases_claimed", message) from None
        changed("purchases.unnamed", alias, detail={"lines": len(lines)})
        alias.delete()
        if lines:
            accrue_again(member_id=practice_id, vendor_id=alias.vendor_id, since=min(day for _, day in lines))
    return alias


def _write(ids: list[UUID], item: Item | None, *, practice_id: UUID, vendor_id: UUID, now: datetime) -> date:
    """Returns the earliest day of these lines."""
    lines = PurchaseLine.objects.filter(id__in=ids)
    earliest = min(lines.values_list("day", flat=True))
    if item is None:
        lines.update(set_aside=True, updated_at=now)
        return earliest
    matcher = Matcher(vendor_id=vendor_id, practice_id=practice_id)
    by_unit: dict[str, list[UUID]] = defaultdict(list)
    for id, unit in lines.values_list("id", "unit"):
        by_unit[unit].append(id)
    for unit, some in by_unit.items():
        holds = matcher.shelf.units_of(item.id, Decimal(1), unit)
        units = None if holds is None else F("quantity") * holds
        PurchaseLine.objects.filter(id__in=some).update(item=item, units=units, set_aside=False, updated_at=now)
    return earliest
