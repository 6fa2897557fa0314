"""A table written for a spreadsheet, line by line, in which no cell is a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from core.sheets.mended import quoted

# A negative number is one, though it begins like a formula.
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
# Spreadsheets take UTF-8 for another encoding without it.
MARK = "\ufeff"


def plain_row(cells: Iterable[str]) -> list[str]:
    """What a spreadsheet would calculate is quoted with an apostrophe, as files of rows to mend have it."""
    return [cell if _NUMBER.fullmatch(cell) else quoted(cell) for cell in cells]


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The mark of the encoding, the names of the columns, and each row: for what is too long to hold."""
    yield MARK
    text = StringIO()
    writer = csv.writer(text)
    for row in chain([columns], map(plain_row, rows)):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()
