"""A location gets its name and postal address: cards, labels and emails carry it."""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text, is_visible
from loyalty.locations.find import find_location
from loyalty.locations.free_name import hold_free_name
from loyalty.models import Location

_LIMITS = {field.name: field.max_length or 0 for field in Location._meta.concrete_fields}


def given_address(**words: str) -> dict[str, str]:
    """Each word as it is kept, by its field. Raises DomainError for an empty name or text that cannot be kept."""
    kept = {
        field: given_text(text, what="The " + field.replace("_", " "), field=field, limit=_LIMITS[field])
        for field, text in words.items()
    }
    if not is_visible(kept["name"]):
        raise DomainError("name_missing", "Give the location a name.", field="name")
    return kept


def change_address(*, location_id: UUID, name: str, address: str, city: str, state: str, postal_code: str) -> Location:
    """Raises NotFound; with its field, Conflict for an open site's name, DomainError for none or unreadable text."""
    kept = given_address(name=name, address=address, city=city, state=state, postal_code=postal_code)
    with transaction.atomic():
        hold_free_name(kept["name"], but=location_id)
        location = find_location(location_id, held=True)
        for field, text in kept.items():
            setattr(location, field, text)
        location.save(update_fields=[*kept, "updated_at"])
        changed("location.changed", location)
    return location
