"""A file of a catalog as rows of text below the names of its columns, with the numbers that a spreadsheet shows."""

import io
from collections.abc import Iterator

from billing.purchasing.catalog.columns import NEEDED, known_in, recognize
from core.sheets.csv_rows import Cells, csv_rows
from core.sheets.encoding import guess_encoding
from core.sheets.excel_rows import excel_rows, refuse_uncalculated
from core.sheets.faults import FileRefused, RowFault
from core.sheets.file_type import EXCEL, LOOKED_AT, file_type
from core.sheets.separator import LOOKED_AT as HEAD
from core.sheets.separator import find_separator
from core.sheets.workbook import refuse_danger, sheet_names

# Exports often begin with a title.
_TITLES = 5
Row = tuple[int, dict[str, str] | RowFault]


def read_table(content: bytes) -> list[Row]:
    """Number of the row → its cells by field, stripped; blank rows are left out. Raises FileRefused."""
    found: dict[str, int] | None = None
    rows: list[Row] = []
    for number, cells in enumerate(_rows(content), 1):
        if isinstance(cells, RowFault):
            rows.append((number, cells))
        elif found is None and known_in(cells) >= 2:
            found, rows = recognize(cells), []
        elif found is None and number >= _TITLES:
            break
        elif found is not None and any(cell and not cell.isspace() for cell in cells):
            rows.append((number, {f: cells[p].strip() if p < len(cells) else "" for f, p in found.items()}))
    missing = [title for field, title in NEEDED.items() if found is None or field not in found]
    if missing:
        raise FileRefused(
            "columns_missing",
            f"No column is named {' or '.join(missing)}. Name the columns in the first row: Item number, Name, Unit and"
            " Catalog price; Manufacturer, NDC and Other units where you have them.",
        )
    if not rows:
        raise FileRefused("file_empty", "Below the names of the columns the file holds no rows. Export it again.")
    return rows


def _rows(content: bytes) -> Iterator[Cells | RowFault]:
    file = io.BytesIO(content)
    if file_type(content[:LOOKED_AT]) == EXCEL:
        refuse_danger(file)
        sheet = sheet_names(file)[0]
        refuse_uncalculated(file, sheet=sheet)
        return excel_rows(file, sheet=sheet)
    encoding = guess_encoding([content]).encoding
    head = content[:HEAD].decode(encoding, errors="replace")
    return csv_rows(file, encoding=encoding, separator=find_separator(head, known=known_in).separator)
