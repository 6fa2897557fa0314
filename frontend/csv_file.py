"""A table as a file for a spreadsheet, in which no cell is a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from django.http import HttpResponse

from core.sheets.mended import quoted

# A negative number is one, though it begins like a formula.
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def plain_row(cells: Iterable[str]) -> list[str]:
    """What a spreadsheet would calculate is quoted with an apostrophe, as files of rows to mend have it."""
    return [cell if _NUMBER.fullmatch(cell) else quoted(cell) for cell in cells]


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """As `csv_file`, line by line: for what is too long to hold."""
    yield "\ufeff"
    text = StringIO()
    writer = csv.writer(text)
    for row in chain([columns], map(plain_row, rows)):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """name: of the file, with its ending."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(plain_row(row) for row in rows)
    # With a mark of its encoding: spreadsheets take it for another one without.
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
