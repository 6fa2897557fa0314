"""A person says: import it. Where another import of the practice runs, this one waits for its end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.jobs import enqueue
from core.tenancy.scope import current_practice
from loyalty.intake.jobs import run
from loyalty.intake.locked_import import locked_import
from loyalty.models import Import, ImportState


def start_import(*, import_id: UUID, background: bool = True, now: datetime) -> Import:
    """A stopped or failed import goes on where it ended. background: a job imports; else the caller runs run_import.

    Raises NotFound, Conflict.
    """
    with transaction.atomic():
        of = locked_import(import_id, states=(ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED))
        of.state = ImportState.WAITING
        of.worked_at = now
        of.failure = ""
        of.save()
        changed("import.started", of)
        if background:
            enqueue(run, practice_id=current_practice().id, swept=True, import_id=str(of.id))
    return of
