"""The rows of a file that did not land as they are, with what is wrong: to be mended and imported again."""

import csv
from collections.abc import Iterator, Sequence
from uuid import UUID

from core import audit
from core.errors import NotFound
from core.sheets.faults import RowFault
from core.sheets.mended import OURS, is_mended, quoted, theirs
from loyalty.intake.sheets.reading.rows import all_rows
from loyalty.models import Import, ImportIssue

_LANDED = "Imported without it"
_REFUSED = "Not imported"


class _Line:
    """What csv.writer writes to."""

    def write(self, text: str) -> str:
        return text


def rows_to_mend(*, import_id: UUID) -> tuple[str, Iterator[str]]:
    """(name of the file, its lines as CSV). Constant memory. What a spreadsheet would take for a formula is quoted.

    While the file is kept, each row stands there as it came; later only its number. Raises NotFound.
    """
    of = Import.objects.filter(id=import_id).first()
    if of is None:
        raise NotFound("import_missing", "There is no such import.")
    audit.record("import.errors_exported", subject=of)
    return f"to-mend-{of.created_at:%Y-%m-%d}.csv", _lines(of)


def _lines(of: Import) -> Iterator[str]:
    writer = csv.writer(_Line())
    kept = of.file_gone_at is None
    yield _line(writer, [*OURS, *(theirs(of.header) if kept else ["Column"])])
    problems = _problems(of)
    if not kept:
        for row, wrong, outcome in problems:
            yield _line(writer, [str(row), wrong, outcome])
        return
    before = len(OURS) if is_mended(of.header) else 0
    rows = all_rows(of)
    for row, wrong, outcome in problems:
        cells = next((cells for number, cells in rows if number == row), None)
        given = cells[before:] if cells is not None and not isinstance(cells, RowFault) else []
        yield _line(writer, [str(row), wrong, outcome, *given])


def _problems(of: Import) -> Iterator[tuple[int, str, str]]:
    """(row, all that is wrong with it, what became of it), in the order of the file."""
    issues = ImportIssue.objects.filter(of=of).order_by("row", "id").values_list("row", "column", "reason", "lands")
    current, words, lands = 0, list[str](), True
    for row, column, reason, landed in issues.iterator(chunk_size=1000):
        if row != current and words:
            yield current, "; ".join(words), _LANDED if lands else _REFUSED
            words, lands = [], True
        current = row
        words.append(f"{column}: {reason}" if column else reason)
        lands = lands and landed
    if words:
        yield current, "; ".join(words), _LANDED if lands else _REFUSED


def _line(writer: "csv.Writer", cells: Sequence[str]) -> str:  # type: ignore[name-defined]
    return str(writer.writerow([quoted(_printable(cell)) for cell in cells]))


def _printable(cell: str) -> str:
    """Halves of characters are what made the row fail; no file can hold them."""
    return cell.encode("utf-8", "replace").decode().replace("\0", "?")
