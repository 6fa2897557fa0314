"""A location by its id, and how it stays as it is while something is planned there."""

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


def keep_location(location_id: UUID) -> Location | None:
    """Open or closed, and as it is until the transaction ends; None where it is not on file.

    Whoever plans by its hours asks here first: of a visit booked while the hours change or the place closes, one waits
    for the other and sees what it did. Many may book there at once.
    """
    # Not select_for_update: it would make those who book at one place wait for each other.
    statement = f"SELECT * FROM {Location._meta.db_table} WHERE id = %s FOR SHARE"  # noqa: S608  a table of ours
    return next(iter(Location.objects.raw(statement, [location_id])), None)
