"""An upload of which nothing was imported is thrown away, with everything that was found out about it."""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.intake.locked_import import OPEN, locked_import


def discard_import(*, import_id: UUID) -> None:
    """Raises NotFound, Conflict where something was imported."""
    with transaction.atomic():
        of = locked_import(import_id, states=OPEN)
        changed("import.discarded", of)
        of.delete()
