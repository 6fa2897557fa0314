"""A whole import is taken back, within 30 days."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from core.jobs import enqueue
from core.tenancy.scope import current_practice
from loyalty.intake.forget_uploads import KEEP_BEFORE
from loyalty.intake.jobs import undo
from loyalty.intake.locked_import import locked_import
from loyalty.models import Import, ImportState

UNDOABLE = (ImportState.DONE, ImportState.STOPPED, ImportState.FAILED)


def may_undo(of: Import, *, now: datetime) -> bool:
    return of.state in UNDOABLE and of.started_at is not None and now < undo_until(of)


def undo_until(of: Import) -> datetime:
    """Raises ValueError for an import that has not ended."""
    if of.finished_at is None:
        raise ValueError("it has not ended")
    return of.finished_at + KEEP_BEFORE


def undo_import(*, import_id: UUID, background: bool = True, now: datetime) -> Import:
    """background: a job takes it back; else the caller runs run_undo. Raises NotFound, Conflict."""
    with transaction.atomic():
        of = locked_import(import_id, states=UNDOABLE)
        if not may_undo(of, now=now):
            raise Conflict("undo_too_late", "An import can be undone for 30 days. This one is older, and stays.")
        of.state = ImportState.UNDOING
        of.worked_at = now
        of.save()
        changed("import.undo_asked", of)
        if background:
            enqueue(undo, practice_id=current_practice().id, swept=True, import_id=str(of.id))
    return of
