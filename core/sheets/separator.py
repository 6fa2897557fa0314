"""Which character separates the cells of a text file."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

SEPARATORS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar"}
LOOKED_AT = 64 * 1024
_ROWS = 100
_REGULAR = 0.9
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """sure: no other one makes a table of it."""

    separator: str
    sure: bool


def find_separator(head: str, *, known: Callable[[list[str]], int]) -> Found:
    """head: the beginning of the file, up to LOOKED_AT characters. known: counts the names that we know in a row."""
    if head[:4].lower() == "sep=" and head[4:5] in SEPARATORS and head[4:5]:
        return Found(head[4], sure=True)
    # The last line may be cut.
    cut = len(head) >= LOOKED_AT and max(head.rfind("\n"), head.rfind("\r"))
    rows_of = {one: _rows(head[:cut] if cut and cut > 0 else head, one) for one in SEPARATORS}
    widths = {one: _width(rows) for one, rows in rows_of.items()}
    names = {one: max((known(row) for row in rows[:_FIRST]), default=0) for one, rows in rows_of.items()}
    # Two names of columns that we know tell it, however ragged the rows below are.
    likely = [one for one in SEPARATORS if widths[one] > 1 or names[one] > 1]
    if not likely:
        return Found(",", sure=not any(mark in head for mark in SEPARATORS))
    best = max(likely, key=lambda one: (names[one], widths[one]))
    others = [one for one in likely if one != best]
    return Found(best, sure=not others or names[best] > max(names[one] for one in others))


def _rows(head: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) >= _ROWS:
                break
    except csv.Error:
        pass
    return rows


def _width(rows: list[list[str]]) -> int:
    """How many cells nearly every row has; 0 where the rows differ."""
    if not rows:
        return 0
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    return width if times / len(rows) >= _REGULAR else 0
