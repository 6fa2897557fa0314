"""The rows of a file, read and gathered into batches, with what is wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.sheets.cells.faults import Issue
from core.sheets.faults import RowFault
from loyalty.intake.bundles.entries import Entry, entry_number
from loyalty.intake.sheets.reading.rows import data_rows
from loyalty.intake.sheets.table import Table
from loyalty.models import Import

# Large enough that statements cost little, small enough that a page learns of progress, and a stop is heard, at once.
BATCH = 2_000


@dataclass(slots=True)
class Batch:
    """last: number of the last row in it. count: of rows read. rows: those that can land."""

    last: int = 0
    count: int = 0
    rows: list[Any] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def batches(of: Import, table: Table, *, after: int = 0, size: int = BATCH) -> Iterator[Batch]:
    """after: the last row that is done already. Raises FileRefused."""
    batch = Batch()
    for number, cells in data_rows(of, after=after):
        take(batch, number, cells, table)
        if batch.count >= size:
            yield batch
            batch = Batch()
    if batch.count:
        yield batch


def take(batch: Batch, position: int, cells: Sequence[str] | Entry | RowFault, table: Table) -> None:
    """Reads one row into the batch, or what is wrong with it."""
    batch.last = position
    batch.count += 1
    number = entry_number(position)
    if isinstance(cells, RowFault):
        batch.issues.append(Issue(number, "", str(cells), lands=False))
        return
    begun = len(batch.issues)
    try:
        batch.rows.append(table.read(number, cells, batch.issues.append))
    except RowFault as fault:
        # What it would have landed without does not matter any more.
        del batch.issues[begun:]
        batch.issues.append(Issue(number, "", str(fault), lands=False))
