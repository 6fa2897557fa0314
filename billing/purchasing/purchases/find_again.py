"""Lines that nobody knew the item of are looked up again, after the catalog learned something."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min, Q

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.match import Matcher, Shelf
from billing.purchasing.purchases.tell_programs import tell_found
from billing.purchasing.rebates.jobs import accrue_again
from core import audit

_SAID = "code", "description", "unit"


def find_again(*, vendor_id: UUID, now: datetime) -> int:
    """Of all members' lines of one vendor: those without an item, and those in a unit that nobody knew. Returns how
    many were found. What a member said of a word goes before what the catalog says. In the control plane.
    """
    open_lines = PurchaseLine.objects.filter(vendor=vendor_id, is_freight=False, set_aside=False).filter(
        Q(item__isnull=True) | Q(units__isnull=True)
    )
    members = sorted(set(open_lines.values_list("practice", flat=True)))
    shelf = Shelf(vendor_id)
    return sum(_of_member(one, shelf, now=now) for one in members)


def _of_member(practice_id: UUID, shelf: Shelf, *, now: datetime) -> int:
    """A transaction of its own: a network of members is not held up by one."""
    with transaction.atomic():
        matcher = Matcher(vendor_id=shelf.vendor_id, practice_id=practice_id, shelf=shelf)
        known, since = _name(practice_id, matcher, now=now)
        counted, counted_since = _count(practice_id, shelf, now=now)
        if known:
            audit.record("purchases.found", practice_id=practice_id, detail={"lines": known})
        if known or counted:
            tell_found(practice_id=practice_id, vendor_id=shelf.vendor_id)
        since = min((day for day in (since, counted_since) if day), default=None)
        if since is not None:
            accrue_again(member_id=practice_id, vendor_id=shelf.vendor_id, since=since)
    return known + counted


def _name(practice_id: UUID, matcher: Matcher, *, now: datetime) -> tuple[int, date | None]:
    """How many lines have an item now, and the earliest day of these."""
    open_lines = PurchaseLine.objects.filter(
        practice=practice_id, vendor=matcher.shelf.vendor_id, item__isnull=True, is_freight=False, set_aside=False
    )
    known, since = 0, None
    alike = list(open_lines.values_list(*_SAID).annotate(first=Min("day")).order_by(*_SAID))
    for code, description, unit, first in alike:
        found = matcher.of(code=code, description=description, quantity=Decimal(1), unit=unit)
        if found.item_id is None:
            continue
        units = None if found.units is None else F("quantity") * found.units
        known += open_lines.filter(code=code, description=description, unit=unit).update(
            item=found.item_id, units=units, updated_at=now
        )
        since = min(day for day in (since, first) if day)
    return known, since


def _count(practice_id: UUID, shelf: Shelf, *, now: datetime) -> tuple[int, date | None]:
    """How many lines have units now, and the earliest day of these: some rebates are counted in units."""
    uncounted = PurchaseLine.objects.filter(
        practice=practice_id, vendor=shelf.vendor_id, item__isnull=False, units__isnull=True
    )
    counted, since = 0, None
    for item_id, unit, first in list(uncounted.values_list("item", "unit").annotate(first=Min("day")).order_by()):
        holds = shelf.units_of(item_id, Decimal(1), unit)
        if holds is not None:
            counted += uncounted.filter(item=item_id, unit=unit).update(units=F("quantity") * holds, updated_at=now)
            since = min(day for day in (since, first) if day)
    return counted, since
