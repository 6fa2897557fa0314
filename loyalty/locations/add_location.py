"""A practice opens another site: visits can be booked there, with hours and days off of its own."""

from zoneinfo import available_timezones

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.locations.change_address import given_address
from loyalty.models import Location


def add_location(*, name: str, time_zone: str, address: str, city: str, state: str, postal_code: str) -> Location:
    """Raises DomainError, with its field: no name or one that an open site has, no such time zone, unreadable text."""
    kept = given_address(name=name, address=address, city=city, state=state, postal_code=postal_code)
    if time_zone not in available_timezones():
        raise DomainError("zone_unknown", "Choose the time zone of the place.", field="time_zone")
    with transaction.atomic():
        if Location.objects.filter(is_active=True, name__iexact=kept["name"]).exists():
            raise DomainError(
                "location_exists",
                f"There is a location named {kept['name']}. Give this one another name.",
                field="name",
            )
        location = Location.objects.create(time_zone=time_zone, **kept)
        changed("location.added", location)
    return location
