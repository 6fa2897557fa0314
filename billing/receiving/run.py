"""A file is read, a batch at a time: what a batch added and how far it came are one transaction, so that whoever comes
after a crash goes on where it stopped, and nothing is half there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from billing.purchasing.purchases.keep_lines import Kept, keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from billing.receiving.find import locked
from billing.receiving.models import FileState, PurchaseFile, RefusedRow
from billing.receiving.read_line import LineReader
from billing.receiving.rows import Numbered, rows_of
from core.changed import changed
from core.errors import DomainError
from core.sheets.faults import RowFault
from core.tenancy.scope import current_practice

BATCH = 1_000
# A day that begins in the east has begun there, whatever the server's clock says of the date.
_FURTHEST_EAST = timedelta(hours=14)


def run(*, file_id: UUID, now: datetime) -> date | None:
    """Read on until the end. Returns the earliest day of all lines that came with the file; None where there is none.

    Raises NotFound. A file that somebody else reads just now, or has read, is left to them.
    """
    of = _begin(file_id)
    if of is None:
        return None
    matcher = Matcher(vendor_id=of.vendor_id, practice_id=current_practice().id)
    latest = (now + _FURTHEST_EAST).date()
    reader = LineReader(of.mapping, date_order=of.date_order, currency=of.currency, latest=latest)
    keys, earliest = Keys(), None
    try:
        for rows in _batches(rows_of(of)):
            lines, refused = _read(rows, reader)
            earliest = min((day for day in (earliest, *(one.day for one in lines)) if day), default=None)
            if rows[-1][0] <= of.read:
                keys.pass_by(lines)
            elif not _keep(of, rows[-1][0], lines, refused, matcher=matcher, keys=keys, now=now):
                return None
    except DomainError as error:
        _end(of, FileState.FAILED, now=now, because=error.message)
        return earliest
    _end(of, FileState.DONE, now=now)
    return earliest


def _begin(file_id: UUID) -> PurchaseFile | None:
    with transaction.atomic():
        of = locked(file_id)
        if of.state not in (FileState.WAITING, FileState.RUNNING):
            return None
        of.state = FileState.RUNNING
        of.save(update_fields=["state", "updated_at"])
    return of


def _batches(rows: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    """The same ones each time: a batch that was kept before is passed by as a whole."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def _read(rows: list[Numbered], reader: LineReader) -> tuple[list[GivenLine], dict[int, str]]:
    lines: list[GivenLine] = []
    refused: dict[int, str] = {}
    for number, cells in rows:
        try:
            if isinstance(cells, RowFault):
                raise cells
            lines.append(reader.read(number, cells))
        except RowFault as fault:
            refused[number] = str(fault)
    return lines, refused


def _keep(
    of: PurchaseFile,
    last: int,
    lines: list[GivenLine],
    refused: dict[int, str],
    *,
    matcher: Matcher,
    keys: Keys,
    now: datetime,
) -> bool:
    """Whether this batch was kept by us: somebody else may have, or taken the file back."""
    with transaction.atomic():
        at = locked(of.id)
        if at.state != FileState.RUNNING or at.read != of.read:
            return False
        kept = Kept()
        if lines:
            kept = keep_lines(
                lines,
                practice_id=current_practice().id,
                vendor_id=of.vendor_id,
                currency=of.currency,
                matcher=matcher,
                keys=keys,
                file_id=of.id,
                now=now,
            )
        refused = refused | kept.differs
        RefusedRow.objects.bulk_create(
            RefusedRow(of=at, row=row, reason=_sentence(reason)) for row, reason in sorted(refused.items())
        )
        at.read, at.added, at.already = last, at.added + kept.added, at.already + kept.already
        at.refused += len(refused)
        at.save(update_fields=["read", "added", "already", "refused", "updated_at"])
    of.read, of.added, of.already, of.refused = at.read, at.added, at.already, at.refused
    return True


def _end(of: PurchaseFile, state: FileState, *, now: datetime, because: str = "") -> None:
    with transaction.atomic():
        ended = PurchaseFile.objects.filter(id=of.id, state=FileState.RUNNING, read=of.read).update(
            state=state, failed_because=because[:300], finished_at=now, updated_at=now
        )
        if ended:
            changed("purchases.read", of, detail={"added": of.added, "refused": of.refused})


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:399]}."
