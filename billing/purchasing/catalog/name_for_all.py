"""The network says what members' invoices call an item: for the lines that are here, and for all that come."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet

from billing.purchasing.models import ItemAlias, ItemName, PurchaseLine
from billing.purchasing.purchases.jobs import look_again
from billing.purchasing.purchases.match import Shelf, alias_key
from billing.purchasing.purchases.network_words import told_word
from billing.purchasing.purchases.tell_programs import tell_opened
from billing.purchasing.rebates.jobs import accrue_again
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated


def name_for_all(*, vendor_id: UUID, key: str, number: str) -> ItemName:
    """number: of the item in the catalog, or its NDC. A job finds the lines.

    Raises NotFound for a word that the network may not see or that is none, DomainError for an unknown number.
    """
    with transaction.atomic():
        if told_word(vendor_id=vendor_id, key=key) is None:
            raise NotFound("word_missing", "No lines of members say that, or they were matched meanwhile.")
        item_id = Shelf(vendor_id).item_of(number.strip(), "")
        if item_id is None:
            raise DomainError(
                "item_missing",
                "No item of this catalog has that number. Look it up in the catalog, or add the item.",
                field="number",
            )
        name, _ = ItemName.objects.update_or_create(vendor_id=vendor_id, key=key, defaults={"item_id": item_id})
        audit.record("item.named", subject=name, detail={"item": item_id})
        look_again(vendor_id)
    return name


def forget_for_all(*, name_id: UUID, now: datetime) -> ItemName:
    """The word is nobody's again, and lines that were found by it are open. Lines that a member named stay.

    Raises NotFound; Conflict where a rebate was claimed.
    """
    with transaction.atomic():
        name = ItemName.objects.select_for_update().filter(pk=name_id).first()
        if name is None:
            raise NotFound("name_missing", "There is no such name.")
        vendor_id, key = name.vendor_id, name.key
        name.delete()
        shelf = Shelf(vendor_id)
        own = set(ItemAlias.objects.filter(vendor=vendor_id, key=key).values_list("practice", flat=True))
        named = PurchaseLine.objects.filter(vendor=vendor_id, item=name.item_id).exclude(practice__in=own)
        said = [
            (code, description)
            for code, description in named.values_list("code", "description").distinct()
            if alias_key(code, description) == key and shelf.item_of(code, description) is None
        ]
        for code, description in said:
            _open(named.filter(code=code, description=description), vendor_id, now=now)
        audit.record("item.unnamed", subject=ItemName(pk=name_id), detail={"item": name.item_id})
    return name


def names_of(vendor_id: UUID) -> list[ItemName]:
    return list(ItemName.objects.filter(vendor=vendor_id).select_related("item").order_by("-updated_at"))


def _open(lines: QuerySet[PurchaseLine], vendor_id: UUID, *, now: datetime) -> None:
    """Raises Conflict where a rebate was claimed for one of them."""
    since = dict(lines.values_list("practice").annotate(first=Min("day")).values_list("practice", "first"))
    try:
        with transaction.atomic():
            lines.update(item=None, units=None, updated_at=now)
    except IntegrityError as error:
        if violated(error) != "purchase_line_claimed_stays":
            raise
        message = "Rebates were claimed for lines of that name, so it stays."
        raise Conflict("purchases_claimed", message) from None
    for member_id, first in since.items():
        tell_opened(practice_id=member_id, vendor_id=vendor_id)
        accrue_again(member_id=member_id, vendor_id=vendor_id, since=first)
