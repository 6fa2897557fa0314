"""A practice opens another site: visits can be booked there, with hours and days off of its own."""

from zoneinfo import available_timezones

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.tenancy.scope import current_practice
from loyalty.locations.change_address import given_address
from loyalty.locations.free_name import hold_free_name
from loyalty.models import Location
from tenants.entitlements import check_room
from tenants.models import Capability


def add_location(*, name: str, time_zone: str, address: str, city: str, state: str, postal_code: str) -> Location:
    """Raises DomainError, with its field: no name or an open site's, no such time zone, unreadable text.

    Raises Conflict beyond the plan.
    """
    kept = given_address(name=name, address=address, city=city, state=state, postal_code=postal_code)
    if time_zone not in available_timezones():
        raise DomainError("zone_unknown", "Choose the time zone of the place.", field="time_zone")
    with transaction.atomic():
        # The sites are held by this: of two added at once the second is counted with the first.
        hold_free_name(kept["name"])
        used = Location.objects.filter(is_active=True).count()
        check_room(current_practice().id, Capability.LOCATIONS, used=used)
        location = Location.objects.create(time_zone=time_zone, **kept)
        changed("location.added", location)
    return location
