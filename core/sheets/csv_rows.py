"""The rows of a text file with separators, one after another, each cell exactly as it is written."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from core.sheets.faults import FileRefused, RowFault

# A quote that is never closed takes in everything after it: up to here, and no further.
LONGEST_CELL = 100_000
_LONGEST_LINE = 1_000_000
csv.field_size_limit(LONGEST_CELL)

Cells = list[str]


def csv_rows(file: BinaryIO, *, encoding: str, separator: str) -> Iterator[Cells | RowFault]:
    """Every row in order, the first one included; an empty line is an empty list. Holds one row in memory.

    Bytes that the encoding does not know become halves of characters, which no cell may hold: their row is refused
    when it is read further. Raises FileRefused where nothing sensible follows any more.
    """
    text = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    try:
        yield from _rows(text, separator=separator)
    finally:
        # The file is the caller's to close.
        if not text.closed:
            text.detach()


def _rows(text: io.TextIOWrapper, *, separator: str) -> Iterator[Cells | RowFault]:
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        begun = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise _unclosed(number, begun) from None
            yield RowFault("a quote stands inside a cell; write it twice, or take it out")
            continue
        except UnicodeError:
            raise FileRefused(
                "file_cut", f"The file breaks off in the middle of a character, at row {number}. Export it again."
            ) from None
        yield cells


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    first = True
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise FileRefused(
                "line_too_long", "One line of the file has more than a million characters. This is not a table."
            )
        # What Excel writes for itself: which separator follows.
        if not (first and line.lower().startswith("sep=") and len(line.strip()) <= len("sep=;")):
            yield line
        first = False


def _unclosed(number: int, line: int) -> FileRefused:
    return FileRefused(
        "quote_open",
        f"In row {number} (line {line} of the file) a quote is opened and never closed, so nothing after it can be"
        " told apart. Mend that row, or export the file again.",
    )


def as_binary(file: io.BufferedIOBase) -> BinaryIO:
    return cast("BinaryIO", file)
