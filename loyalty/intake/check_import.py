"""The whole file is read and compared with what the practice has. Nothing of it is imported."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from core.errors import DomainError
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.batches import batches
from loyalty.intake.sheets.issues import keep_issues
from loyalty.intake.sheets.loading.known import by_the_indexes
from loyalty.intake.sheets.loading.seen import open_seen
from loyalty.intake.sheets.survey import survey
from loyalty.intake.sheets.table import table_of
from loyalty.models import Import, ImportIssue, ImportState

Clock = Callable[[], datetime]


def check_import(*, import_id: UUID, clock: Clock, advance: Callable[[int], None] = lambda _rows: None) -> None:
    """Counts what an import would do, and keeps what is wrong with which row. Begins anew where it was interrupted.

    Ends as CHECKED; or as ASKING, where the file leaves open which comes first, month or day, or cannot be read to its
    end (`failure` says why). A check that was asked
    for anew meanwhile goes on elsewhere, and this one ends. advance: is told how many rows more are done.
    """
    of = _begin(import_id, now=clock())
    if of is None:
        return
    try:
        surveyed = survey(of)
        if surveyed.is_open and not of.date_order:
            _ask(of)
            return
        of.date_order = of.date_order or surveyed.order
        Import.objects.filter(id=of.id).update(date_order=of.date_order, rows=surveyed.rows)
        _read(of, clock=clock, advance=advance)
    except DomainError as error:
        _fail(of, error)


def _begin(import_id: UUID, *, now: datetime) -> Import | None:
    with transaction.atomic():
        of = Import.objects.select_for_update(of=("self",)).select_related("location").filter(id=import_id).first()
        if of is None or of.state != ImportState.CHECKING:
            return None
        ImportIssue.objects.filter(of=of).delete()
        of.rows = of.position = of.new = of.changed = of.unchanged = of.refused = of.remarked = 0
        of.worked_at = now
        of.save()
    return of


def _read(of: Import, *, clock: Clock, advance: Callable[[int], None]) -> None:
    table = table_of(of, now=clock())
    position = 0
    with open_seen() as seen:
        for batch in batches(of, table):
            with transaction.atomic():
                by_the_indexes()
                changes = table.assess(batch.rows, seen=seen, report=batch.issues.append)
                refused, remarked = keep_issues(of.id, batch.issues, now=clock())
                # Two that check the same import would count twice: the one that comes second finds it further on.
                mine = Import.objects.filter(id=of.id, state=ImportState.CHECKING, position=position).update(
                    position=batch.last,
                    new=F("new") + changes.new,
                    changed=F("changed") + changes.changed,
                    unchanged=F("unchanged") + changes.unchanged,
                    refused=F("refused") + refused,
                    remarked=F("remarked") + remarked,
                    worked_at=clock(),
                )
                if not mine:
                    transaction.set_rollback(True)
                    return
            position = batch.last
            advance(batch.count)
    Import.objects.filter(id=of.id, state=ImportState.CHECKING, position=position).update(state=ImportState.CHECKED)


def _ask(of: Import) -> None:
    Import.objects.filter(id=of.id, state=ImportState.CHECKING).update(
        state=ImportState.ASKING, asks=[questions.DATE_ORDER]
    )


def _fail(of: Import, error: DomainError) -> None:
    Import.objects.filter(id=of.id, state=ImportState.CHECKING).update(
        state=ImportState.ASKING, failure=error.message[:400]
    )
