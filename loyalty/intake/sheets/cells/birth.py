"""A birthday: whole, in part, or without its year."""

from datetime import date

from core.errors import DomainError
from core.sheets.cells.dates import read_written
from core.sheets.cells.faults import CellFault, quoted
from loyalty.patients.partial_date import PartialDate, checked_birth

_A_LEAP_YEAR = 2000


def read_birth(text: str, *, order: str, today: date) -> tuple[PartialDate, tuple[int, int] | None]:
    """The date of birth, and (month, day) of a birthday without a year. Raises CellFault."""
    parts = read_written(text, order=order, latest=today)
    if parts.year is None:
        if parts.month is None or parts.day is None:
            raise CellFault(f"{quoted(text)} is not a whole birthday")
        try:
            date(_A_LEAP_YEAR, parts.month, parts.day)
        except ValueError:
            raise CellFault(f"{quoted(text)} is a day that no calendar has") from None
        return PartialDate(), (parts.month, parts.day)
    try:
        return checked_birth((parts.year, parts.month, parts.day), today=today), None
    except DomainError as error:
        # Its first sentence says what is wrong; what to do about it here is to mend the row.
        raise CellFault(f"{quoted(text)}: {error.message.partition('. ')[0].rstrip('.')}") from None
