"""A running import ends after the batch that it is at. What is imported stays, until it is undone or goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.intake.locked_import import locked_import
from loyalty.models import Import, ImportState


def stop_import(*, import_id: UUID, now: datetime) -> Import:
    """Stops a check, too. Raises NotFound, Conflict where it has ended already."""
    with transaction.atomic():
        of = locked_import(import_id, states=(ImportState.CHECKING, ImportState.WAITING, ImportState.RUNNING))
        if of.state == ImportState.CHECKING:
            of.state = ImportState.ASKING
        elif of.started_at is None:
            of.state = ImportState.CHECKED
        else:
            of.state = ImportState.STOPPED
            of.finished_at = now
        of.save()
        changed("import.stopped", of)
    return of
