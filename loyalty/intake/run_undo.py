"""What an import made is removed, and what it changed is as it was, batch by batch. What was touched since stays."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.outbox.publish import publish
from loyalty.intake.sheets.undoing.patients import take_back_patients
from loyalty.intake.sheets.undoing.unused import remove_unused
from loyalty.intake.sheets.undoing.visits import take_back_visits
from loyalty.models import Import, ImportedRow, ImportIssue, ImportState

BATCH = 2_000
Clock = Callable[[], datetime]


def run_undo(*, import_id: UUID, clock: Clock, advance: Callable[[int], None] = lambda _rows: None) -> None:
    """Visits first, then the patients. Killed anywhere, it goes on where it was."""
    while (done := _take_back(import_id, clock=clock)) > 0:
        advance(done)


def _take_back(import_id: UUID, *, clock: Clock) -> int:
    """Takes one batch back; returns how many rows it had, 0 at the end."""
    with transaction.atomic():
        of = Import.objects.select_for_update().filter(id=import_id, state=ImportState.UNDOING).first()
        if of is None:
            return 0
        now = clock()
        left = ImportedRow.objects.filter(of=of, kept=False)
        rows = list(left.filter(visit__isnull=False).order_by("id")[:BATCH])
        taken = take_back_visits(rows, of=of, now=now) if rows else None
        if not rows:
            rows = list(left.order_by("id")[:BATCH])
            taken = take_back_patients(rows, of=of, now=now) if rows else None
        of.worked_at = now
        if taken is None:
            _end(of, now=now)
        else:
            of.removed += taken.removed
            of.restored += taken.restored
            of.kept += len(taken.kept)
            ImportedRow.objects.filter(id__in=taken.kept).update(kept=True)
            ImportedRow.objects.filter(id__in=[row.id for row in rows]).exclude(kept=True).delete()
            of.save()
        return len(rows)


def _end(of: Import, *, now: datetime) -> None:
    remove_unused(of)
    ImportIssue.objects.filter(of=of).delete()
    # How it was before is of no use any more; which ones stayed, and why, is.
    ImportedRow.objects.filter(of=of).update(before=None)
    of.state = ImportState.UNDONE
    of.undone_at = now
    of.save()
    detail = {"removed": of.removed, "restored": of.restored, "kept": of.kept}
    audit.record("import.undone", subject=of, everyone=True, detail=detail)
    publish("import.undone", record=of)
