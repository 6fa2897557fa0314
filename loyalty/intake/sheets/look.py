"""Looks at an upload: what can be told from the file alone, and what a person has to be asked."""

from collections.abc import Iterator
from itertools import islice

from core.sheets.csv_rows import Cells, as_binary
from core.sheets.encoding import Guess, guess_encoding
from core.sheets.excel_rows import refuse_uncalculated
from core.sheets.faults import FileRefused, RowFault
from core.sheets.file_type import EXCEL
from core.sheets.mended import is_mended
from core.sheets.separator import LOOKED_AT, find_separator
from core.sheets.workbook import refuse_danger, sheet_names
from loyalty.intake.sheets import questions
from loyalty.intake.sheets.columns.recognize import known_names, names_columns, recognize
from loyalty.intake.sheets.columns.remember import remembered
from loyalty.intake.sheets.reading.rows import all_rows
from loyalty.intake.sheets.reading.stored import PIECE, open_stored
from loyalty.models import Import

MOST_COLUMNS = 500
SAMPLED = 25
FIRST = 5
_NAME = 200


def look_into(of: Import) -> None:
    """Sets how the file is read, and asks what it leaves open. Not saved. Raises FileRefused."""
    of.asks = []
    if of.file_type == EXCEL:
        file = as_binary(open_stored(of.id, size=of.size))
        refuse_danger(file)
        of.sheets = [name[:120] for name in sheet_names(file)]
        if not of.sheets:
            raise FileRefused("workbook_empty", "The workbook has no sheet with cells. Choose another file.")
        of.sheet = of.sheets[0]
        if len(of.sheets) > 1:
            of.asks.append(questions.SHEET)
    else:
        guess = guess_of(of)
        of.encoding = guess.encoding
        if not guess.sure:
            of.asks.append(questions.ENCODING)
        separate(of)
    look_at_names(of)


def separate(of: Import) -> None:
    """Finds the separator of a text file in the encoding that is set."""
    with open_stored(of.id, size=of.size) as file:
        head = file.read(LOOKED_AT).decode(of.encoding, errors="replace")
    found = find_separator(head, known=known_names)
    of.separator = found.separator
    of.asks = [one for one in of.asks if one != questions.SEPARATOR]
    if not found.sure:
        of.asks.append(questions.SEPARATOR)


def look_at_names(of: Import) -> None:
    """Finds the names of the columns, or asks which row holds them, if any. Raises FileRefused."""
    if of.file_type == EXCEL:
        refuse_uncalculated(as_binary(open_stored(of.id, size=of.size)), sheet=of.sheet)
    number, cells = next(((n, cells) for n, cells in all_rows(of) if not isinstance(cells, RowFault)), (0, []))
    if not number:
        raise FileRefused("file_empty", "The file holds no rows. Export it again, and choose the new file.")
    of.asks = [one for one in of.asks if one != questions.HEADER]
    if is_mended(cells) or names_columns(cells):
        name_columns(of, number)
    else:
        of.header_row, of.header, of.mapping = None, [], []
        of.asks.append(questions.HEADER)


def name_columns(of: Import, header_row: int) -> None:
    """Takes the names from that row; 0: there are none. Maps what they say. Raises FileRefused."""
    of.header_row = header_row
    of.header = [_clean(cell) for cell in _names(of, header_row)]
    if len(of.header) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", f"The file has more than {MOST_COLUMNS} columns. Take some out.")
    map_columns(of)


def map_columns(of: Import) -> None:
    """What the columns are: as they were the last time, else by their names."""
    said = recognize(of.header, kind=of.kind)
    of.kind = said.kind
    of.mapping, of.known_as = said.mapping, said.system
    if before := remembered(of):
        of.mapping, of.known_as, of.date_order = before.mapping, before.known_as, before.date_order


def first_rows(of: Import) -> list[tuple[int, Cells]]:
    """(number, cells) of the first rows, for a person to say which one names the columns."""
    return [(n, cells) for n, cells in islice(all_rows(of), FIRST) if not isinstance(cells, RowFault)]


def samples(of: Import, *, most: int = 2) -> list[list[str]]:
    """For each column its first different values."""
    found: list[list[str]] = [[] for _ in of.header]
    for cells in islice(_below(of), SAMPLED):
        for place, cell in enumerate(cells[: len(found)]):
            text = " ".join(cell.split())[:60]
            if text and text not in found[place] and len(found[place]) < most:
                found[place].append(text)
    return found


def guess_of(of: Import) -> Guess:
    """In which encoding the file is written."""
    with open_stored(of.id, size=of.size) as file:
        return guess_encoding(iter(lambda: file.read(PIECE), b""))


def _names(of: Import, header_row: int) -> Cells:
    if not header_row:
        return [""] * max((len(cells) for cells in islice(_below(of), SAMPLED)), default=0)
    for number, cells in all_rows(of):
        if number == header_row and not isinstance(cells, RowFault):
            return cells
        if number > header_row:
            break
    raise FileRefused("row_missing", "The file has no such row. Choose the one that names the columns.")


def _below(of: Import) -> Iterator[Cells]:
    for number, cells in all_rows(of):
        if number > (of.header_row or 0) and not isinstance(cells, RowFault):
            yield cells


def _clean(name: str) -> str:
    """A name as a page and the database can hold it."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_NAME]
