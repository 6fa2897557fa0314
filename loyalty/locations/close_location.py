"""A site of the practice closes for good, and opens again if that was a mistake. Its visits and figures stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, NotFound
from core.tenancy.scope import current_practice
from loyalty.locations.find import find_location
from loyalty.locations.free_name import hold_free_name
from loyalty.models import Kiosk, Location, Visit
from loyalty.models.visit import OPEN_STATUSES
from tenants.entitlements import check_room
from tenants.models import Capability


def close_location(*, location_id: UUID, now: datetime) -> Location:
    """Nothing is booked there any more.

    Raises NotFound; Conflict where it is closed, is the last one, has visits ahead or a tablet that still asks.
    """
    with transaction.atomic():
        # All of them, in one order: of two that close at once, one must stay open.
        places = {one.id: one for one in Location.objects.select_for_update(no_key=True).order_by("id")}
        location = places.get(location_id)
        if location is None:
            raise NotFound("location_missing", "There is no such location.")
        if not location.is_active:
            raise Conflict("location_settled", f"{location.name} was closed already.")
        if sum(one.is_active for one in places.values()) == 1:
            raise Conflict(
                "location_last", "This is the only location. Add the next one first, or change the name and address."
            )
        ahead = Visit.objects.filter(location=location, status__in=OPEN_STATUSES, starts_at__gte=now).count()
        if ahead:
            visits = "1 visit is" if ahead == 1 else f"{ahead} visits are"
            raise Conflict("location_awaited", f"{visits} booked at {location.name}. Move or cancel them first.")
        if Kiosk.objects.filter(location=location, revoked_at__isnull=True).exists():
            raise Conflict("location_asks", f"A tablet still asks at {location.name}. Remove it under Tablets first.")
        location.is_active = False
        location.save(update_fields=["is_active", "updated_at"])
        changed("location.closed", location)
    return location


def reopen_location(*, location_id: UUID) -> Location:
    """Raises NotFound, Conflict where it is open, another open one took its name, or the plan is full."""
    with transaction.atomic():
        hold_free_name(find_location(location_id).name, but=location_id)
        location = find_location(location_id, held=True)
        if location.is_active:
            raise Conflict("location_settled", f"{location.name} is open already.")
        used = Location.objects.filter(is_active=True).count()
        check_room(current_practice().id, Capability.LOCATIONS, used=used)
        location.is_active = True
        location.save(update_fields=["is_active", "updated_at"])
        changed("location.reopened", location)
    return location
