"""What is wrong with one cell."""

from collections.abc import Callable
from dataclasses import dataclass


class CellFault(ValueError):
    """`str(fault)` completes a sentence that begins with the cell's column or value."""


@dataclass(frozen=True, slots=True)
class Issue:
    """column: its name in the file, "" for the row as a whole. lands: the row is imported without this part."""

    row: int
    column: str
    reason: str
    lands: bool


Report = Callable[[Issue], None]

_QUOTED = 40


def quoted(value: str) -> str:
    """A piece of a cell in quotes: short, on one line, with nothing that does not print."""
    shown = value if len(value) <= _QUOTED else value[:_QUOTED] + "…"
    return "“" + "".join(c if c.isprintable() else " " for c in shown) + "”"
