"""A date of which the end may be unknown: 1980, 1980-05 or 1980-05-17."""

from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class PartialDate(NamedTuple):
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ "May 17, 1980", "May 1980", "1980" or ""."""
        if self.year is None:
            return ""
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return f"{MONTHS[self.month - 1]} {self.year}"
        return f"{MONTHS[self.month - 1]} {self.day}, {self.year}"
