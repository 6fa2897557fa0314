"""No two open sites have one name: whoever books, prints or reads a list could not tell them apart."""

from uuid import UUID

from core.errors import Conflict
from loyalty.models import Location


def hold_free_name(name: str, *, but: UUID | None = None) -> None:
    """Hold the sites until the end of the transaction: of two who take one name at once, the second is told.

    but: the site that is to have it. Raises Conflict, with its field, for the name of another open one. To be called
    before a single site is held: whoever holds several takes them in one order.
    """
    for one in Location.objects.select_for_update(no_key=True).order_by("id"):
        if one.is_active and one.id != but and one.name.casefold() == name.casefold():
            raise Conflict(
                "location_exists", f"There is a location named {one.name}. Give this one another name.", field="name"
            )
