"""A location by its id."""

from uuid import UUID

from core.errors import NotFound
from loyalty.models import Location


def find_location(location_id: UUID, *, held: bool = False) -> Location:
    """Open or closed. held: until the end of the transaction. Raises NotFound."""
    rows = Location.objects.select_for_update(no_key=True) if held else Location.objects.all()
    location = rows.filter(id=location_id).first()
    if location is None:
        raise NotFound("location_missing", "There is no such location.")
    return location
