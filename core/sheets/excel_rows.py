"""The rows of one sheet of a workbook, each cell as the text that its reader sees."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

from core.sheets.csv_rows import Cells
from core.sheets.faults import FileRefused, RowFault
from core.sheets.workbook import opened

# Formulas are looked for in so many rows: a sheet that was never calculated has them from the top.
_LOOKED_AT = 200


def excel_rows(file: BinaryIO, *, sheet: str) -> Iterator[Cells | RowFault]:
    """Every row in order. Dates are written as 2026-11-23, moments as 2026-11-23 14:30:00, numbers without a zero more
    or less than they show. Raises FileRefused."""
    with opened(file) as book:
        if sheet not in book.sheetnames:
            raise FileRefused("sheet_gone", "The sheet is no longer in the file. Choose another one.")
        page = book[sheet]
        page.reset_dimensions()
        for row in page.iter_rows():
            yield _cells(row)


def refuse_uncalculated(file: BinaryIO, *, sheet: str) -> None:
    """Raises FileRefused where a cell holds a formula of which nobody wrote down the result: it would read as empty."""
    with opened(file, values=False) as book:
        formulas = [
            (number, place)
            for number, row in enumerate(islice(book[sheet].iter_rows(), _LOOKED_AT))
            for place, cell in enumerate(row)
            if cell.data_type == "f"
        ]
    if not formulas:
        return
    with opened(file) as book:
        results = list(islice(book[sheet].iter_rows(values_only=True), _LOOKED_AT))
    for number, place in formulas:
        if results[number][place] is None:
            raise FileRefused(
                "formulas_uncalculated",
                f"Row {number + 1} holds a formula without its result. Open the file in Excel, save it, and choose it"
                " again.",
            )


def _cells(row: tuple[Any, ...]) -> Cells | RowFault:
    cells: Cells = []
    for cell in row:
        if cell.value is None:
            cells.append("")
        elif cell.data_type == "e":
            return RowFault(f"a cell shows the error {cell.value}; mend it in the sheet")
        else:
            cells.append(_text(cell.value, getattr(cell, "number_format", "") or ""))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: Any, shown_as: str) -> str:
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return _zeros(str(value), shown_as)
        case float():
            return _zeros(str(int(value)), shown_as) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            has_time = value.time() != time(0) or ":" in shown_as or "h" in shown_as.lower()
            return value.strftime("%Y-%m-%d %H:%M:%S") if has_time else value.strftime("%Y-%m-%d")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M:%S")
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _zeros(digits: str, shown_as: str) -> str:
    """A format of nothing but zeros shows as many digits: 00501 is a number that looks like one."""
    return digits.zfill(len(shown_as)) if shown_as and set(shown_as) == {"0"} else digits
