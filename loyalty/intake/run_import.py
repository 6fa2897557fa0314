"""The file is imported, batch by batch. Each batch is one transaction with the position it reaches: killed anywhere, it
goes on where it was, and no row is imported twice or lost."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from core import audit
from core.audit.record import Detail
from core.errors import DomainError
from core.outbox.publish import publish
from core.tenancy.scope import current_practice
from loyalty.intake.sheets.batches import Batch, batches
from loyalty.intake.sheets.issues import keep_issues
from loyalty.intake.sheets.loading.known import by_the_indexes
from loyalty.intake.sheets.table import Table, table_of
from loyalty.models import Import, ImportIssue, ImportState

Clock = Callable[[], datetime]
_TRIES = 3
_log = logging.getLogger(__name__)


def run_import(*, import_id: UUID, clock: Clock, advance: Callable[[int], None] = lambda _rows: None) -> bool:
    """Runs to the end, or until it is stopped. False: another import runs, and this one waits.

    advance: is told how many rows more are done. What cannot be helped ends as FAILED, with words.
    """
    of = _claim(import_id, now=clock())
    if of is None:
        return False
    try:
        table = table_of(of, now=of.started_at or clock())
        for batch in batches(of, table, after=of.position):
            if not _take(of, batch, table, clock=clock):
                return True
            of.position = batch.last
            advance(batch.count)
        _end(of, now=clock())
    except DomainError as error:
        _fail(of, error.message, now=clock())
    except (OperationalError, InterfaceError):
        # The database went away. It stays RUNNING, and the sweep takes it up where it is.
        raise
    except Exception:
        _fail(of, f"Something went wrong after row {of.position}. Go on with it, or undo it.", now=clock())
        raise
    return True


def waiting() -> UUID | None:
    """The import that comes next."""
    return (
        Import.objects.filter(state=ImportState.WAITING)
        .order_by("worked_at", "id")
        .values_list("id", flat=True)
        .first()
    )


def _claim(import_id: UUID, *, now: datetime) -> Import | None:
    """The import, running: begun now, or taken up where its last batch ended."""
    with transaction.atomic():
        of = Import.objects.select_for_update(of=("self",)).select_related("location").filter(id=import_id).first()
        if of is None or of.state not in (ImportState.WAITING, ImportState.RUNNING):
            return None
        if of.state == ImportState.WAITING:
            if of.started_at is None:
                of.started_at = now
                of.position = of.new = of.changed = of.unchanged = of.refused = of.remarked = 0
                ImportIssue.objects.filter(of=of).delete()
                # Whatever becomes of it, the trail says from now on that it may have changed anybody.
                audit.record("import.begun", subject=of, everyone=True)
            of.state = ImportState.RUNNING
        of.worked_at = now
        try:
            with transaction.atomic():
                of.save()
        except IntegrityError:
            # Another one runs. Nothing is said or thrown away of this one until it begins.
            transaction.set_rollback(True)
            return None
    return of


def _take(of: Import, batch: Batch, table: Table, *, clock: Clock) -> bool:
    """Imports one batch; False where it is not ours to import any more: it was stopped, or another worker is at it."""
    for attempt in range(1, _TRIES + 1):
        issues = list(batch.issues)
        try:
            with transaction.atomic():
                _alone()
                now = Import.objects.select_for_update().get(id=of.id)
                if now.state != ImportState.RUNNING or now.position != of.position:
                    return False
                by_the_indexes()
                moment = clock()
                changes = table.load(batch.rows, at=moment, report=issues.append)
                refused, remarked = keep_issues(of.id, issues, now=moment)
                now.new += changes.new
                now.changed += changes.changed
                now.unchanged += changes.unchanged
                now.refused += refused
                now.remarked += remarked
                now.position = batch.last
                now.moments.append(moment)
                now.worked_at = moment
                now.save()
            return True
        except IntegrityError:
            # Somebody wrote the same patient down while the batch was prepared. Now they are known.
            if attempt == _TRIES:
                raise
            _log.warning("import batch again", extra={"attempt": attempt})
    return False


def _alone() -> None:
    """Waits for an import of another kind that writes into the practice."""
    with connection.cursor() as cursor:
        key = f"import into {current_practice().schema_name}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _end(of: Import, *, now: datetime) -> None:
    with transaction.atomic():
        ended = Import.objects.select_for_update().get(id=of.id)
        if ended.state != ImportState.RUNNING or ended.position != of.position:
            return
        ended.state = ImportState.DONE
        ended.finished_at = ended.worked_at = now
        ended.save()
        detail: Detail = {"kind": ended.kind, "new": ended.new, "changed": ended.changed, "refused": ended.refused}
        audit.record("import.loaded", subject=ended, everyone=True, detail=detail)
        publish("import.loaded", record=ended)


def _fail(of: Import, words: str, *, now: datetime) -> None:
    Import.objects.filter(id=of.id, state=ImportState.RUNNING).update(
        state=ImportState.FAILED, failure=words[:400], finished_at=now
    )
