"""The open locations, and the one that a page of the day is about."""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from loyalty.models import Location


@dataclass(frozen=True, slots=True)
class Place:
    id: UUID
    name: str
    time_zone: str


def open_places(location_id: UUID | None) -> tuple[Place, tuple[Place, ...]]:
    """The location asked for, the first one for None, and all open ones. Raises NotFound for one that is not open."""
    rows = Location.objects.filter(is_active=True).order_by("created_at", "id").values_list("id", "name", "time_zone")
    places = tuple(Place(*row) for row in rows)
    here = next((place for place in places if location_id in (None, place.id)), None)
    if here is None:
        raise NotFound("location_not_found", "This location is not open. Choose another one.")
    return here, places
