"""The file of rows to mend, as we write it and as it comes back: what a spreadsheet would take for a formula is quoted
there, and what we put in front of each row is no column of the practice's."""

from collections.abc import Sequence

ROW, PROBLEM, OUTCOME = "Row", "Problem", "What became of it"
OURS = (ROW, PROBLEM, OUTCOME)

_QUOTE = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A cell that looks quoted already is quoted once more, so that each comes back as it was.
_LOOKS_QUOTED = tuple(_QUOTE + sign for sign in (_QUOTE, *_FORMULA))


def is_mended(header: Sequence[str]) -> bool:
    """Whether a file with these columns is one of ours."""
    return tuple(header[: len(OURS)]) == OURS


def theirs(header: Sequence[str]) -> list[str]:
    """The columns without ours."""
    return list(header[len(OURS) :]) if is_mended(header) else list(header)


def quoted(cell: str) -> str:
    return _QUOTE + cell if cell.startswith((*_FORMULA, *_LOOKS_QUOTED)) else cell


def unquoted(cell: str) -> str:
    """The cell that `quoted` was given."""
    return cell[1:] if cell.startswith(_LOOKS_QUOTED) else cell
