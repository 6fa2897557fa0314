"""An Excel file, opened with care: it is a compressed folder that somebody else packed."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.sheets.faults import FileRefused

# What is unpacked at most: 600,000 rows of an export stay below it. The texts of a sheet are held in memory.
MOST_UNPACKED = 600 * 1024 * 1024
MOST_TEXTS = 96 * 1024 * 1024
MOST_PARTS = 2_000
# Text packs twenty to one; only what was made to burst packs three hundred to one.
MOST_PACKED = 300
_SMALL = 4 * 1024 * 1024

_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, ParseError, InvalidFileException, EOFError, OSError)


def refuse_danger(file: BinaryIO) -> None:
    """Raises FileRefused for what is no workbook, holds macros, or would unpack to more than fits."""
    file.seek(0)
    try:
        parts = zipfile.ZipFile(file).infolist()
    except _BROKEN:
        raise _unreadable() from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileRefused(
            "macros", "This workbook holds macros, which may do anything. Save it as .xlsx or CSV, and choose that."
        )
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            "no_workbook", "This is a compressed file, not an Excel workbook. Unpack it, and choose the table."
        )
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.lower() == "xl/sharedstrings.xml")
    bursting = any(
        part.file_size > _SMALL and part.file_size > MOST_PACKED * max(part.compress_size, 1) for part in parts
    )
    if bursting or unpacked > MOST_UNPACKED or texts > MOST_TEXTS or len(parts) > MOST_PARTS:
        raise FileRefused(
            "workbook_too_large",
            "Unpacked, this workbook is larger than we can take. Save the one sheet that matters as CSV.",
        )


@contextmanager
def opened(file: BinaryIO, *, values: bool = True) -> Iterator[Any]:
    """The workbook, read row by row. values: what formulas came to when it was last saved, else the formulas."""
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=values, keep_links=False)
    except _BROKEN:
        raise _unreadable() from None
    try:
        yield book
    except _BROKEN:
        raise _unreadable() from None
    finally:
        book.close()


def sheet_names(file: BinaryIO) -> list[str]:
    """Names of the sheets that hold cells, in order."""
    with opened(file) as book:
        return [sheet.title for sheet in book.worksheets]


def _unreadable() -> FileRefused:
    return FileRefused(
        "workbook_unreadable", "This Excel file is damaged. Open it in Excel, save it again, and choose the new file."
    )
