"""Text exactly as it stands in the cell, but for the blanks around it."""

from core.errors import DomainError
from core.given_text import given_text
from core.sheets.cells.faults import CellFault


def read_text(value: str, *, most: int, lines: bool = False) -> str:
    """Raises CellFault for what no database text and no screen can hold, and for more than `most` characters."""
    # Nearly every cell of nearly every file.
    if value.isascii() and value.isprintable():
        text = value.strip(" ")
        if len(text) <= most:
            return text
    try:
        return given_text(value, what="It", field="", limit=most, lines=lines)
    except DomainError as error:
        if error.code == "text_too_long":
            raise CellFault(f"has more than {most} characters") from None
        raise CellFault("holds a character that cannot be kept, such as a zero or half of a letter") from None
