"""The rows of a file below the names of its columns, with the numbers a spreadsheet shows beside them."""

import io
from collections.abc import Iterator
from itertools import islice

from billing.receiving.models import PurchaseFile
from core.sheets.csv_rows import Cells, csv_rows
from core.sheets.excel_rows import excel_rows
from core.sheets.faults import RowFault
from core.sheets.file_type import EXCEL

Numbered = tuple[int, Cells | RowFault]


def rows_of(of: PurchaseFile) -> Iterator[Numbered]:
    """Every row below the header that is not blank, as wide as the header, or a RowFault. Raises FileRefused."""
    file = io.BytesIO(bytes(of.content or b""))
    if of.file_type == EXCEL:
        rows = excel_rows(file, sheet=of.sheet)
    else:
        rows = csv_rows(file, encoding=of.encoding, separator=of.separator)
    width = len(of.header)
    for number, cells in enumerate(rows, 1):
        if number <= of.header_row:
            continue
        if isinstance(cells, RowFault):
            yield number, cells
        elif any(cell and not cell.isspace() for cell in cells):
            yield number, _fitted(cells, width) if width else cells


def _fitted(cells: Cells, width: int) -> Cells | RowFault:
    if len(cells) <= width:
        return cells + [""] * (width - len(cells))
    if any(cell.strip() for cell in cells[width:]):
        return RowFault(
            f"the row has {len(cells)} cells and the file has {width} columns; quote a cell that holds a separator"
        )
    return cells[:width]


def first_rows(of: PurchaseFile, *, most: int = 3) -> list[Cells]:
    """The first ones that can be read, for a person to see what the columns hold."""
    readable = (cells for _, cells in rows_of(of) if not isinstance(cells, RowFault))
    return list(islice(readable, most))
