"""The rows of an upload, whatever kind of file it is, with the numbers a spreadsheet shows beside them."""

from collections.abc import Iterator

from core.sheets.csv_rows import Cells, as_binary, csv_rows
from core.sheets.excel_rows import excel_rows
from core.sheets.faults import RowFault
from core.sheets.file_type import EXCEL, FHIR
from core.sheets.mended import is_mended, unquoted
from loyalty.intake.bundles.entries import Entry, rows_of
from loyalty.intake.sheets.reading.stored import open_stored
from loyalty.models import Import

Numbered = tuple[int, Cells | RowFault]


def all_rows(of: Import) -> Iterator[Numbered]:
    """(number, cells) of every row that is not blank, from 1, the names of the columns included; what we quoted for a
    spreadsheet is as it was. Raises FileRefused."""
    if of.file_type == FHIR:
        # Entries of a bundle are no cells.
        return
    file = as_binary(open_stored(of.id, size=of.size))
    if of.file_type == EXCEL:
        rows = excel_rows(file, sheet=of.sheet)
    else:
        rows = csv_rows(file, encoding=of.encoding, separator=of.separator)
    ours = False
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, RowFault):
            yield number, cells
        elif any(cell and not cell.isspace() for cell in cells):
            ours = ours or (number == 1 and is_mended(cells))
            yield number, [unquoted(cell) for cell in cells] if ours else cells


def data_rows(of: Import, *, after: int = 0) -> Iterator[tuple[int, Cells | Entry | RowFault]]:
    """The rows below the names of the columns, from row `after` + 1 on; each as wide as the header, or a RowFault.

    Of a bundle its entries, by their positions.
    """
    if of.file_type == FHIR:
        yield from rows_of(of, after=after)
        return
    start = max(after, of.header_row or 0)
    width = len(of.header)
    pads = of.file_type == EXCEL
    for number, cells in all_rows(of):
        if number <= start:
            continue
        if isinstance(cells, RowFault) or len(cells) == width:
            yield number, cells
        else:
            yield number, _fitted(cells, width, pads=pads)


def _fitted(cells: Cells, width: int, *, pads: bool) -> Cells | RowFault:
    """A sheet leaves empty cells at the end of a row out. In a text file a short row was cut, or lost a separator."""
    if len(cells) > width:
        if not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        return RowFault(
            f"the row has {len(cells)} cells and the file has {width} columns; quote a cell that holds a separator"
        )
    if pads:
        return cells + [""] * (width - len(cells))
    return RowFault(f"the row has {len(cells)} cells and the file has {width} columns; it may be cut off")
