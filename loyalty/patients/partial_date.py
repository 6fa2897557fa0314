"""A date of which the end may be unknown: 1980, 1980-05 or 1980-05-17."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from core.errors import DomainError
from core.months import MONTHS

OLDEST = 1850
# Somebody born today is born today everywhere, whatever the server's clock says of the date.
FURTHEST_EAST = timedelta(hours=14)
OF_AGE = 18


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

    def age_on(self, day: date) -> int | None:
        """Whole years, where the date is known well enough to tell; else None."""
        youngest, oldest = self._latest_age(day), self._earliest_age(day)
        return youngest if youngest == oldest else None

    def may_be_minor_on(self, day: date) -> bool:
        """Whether somebody born on this date can be under 18 on `day`: in doubt, yes. Nothing known: no."""
        youngest = self._latest_age(day)
        return youngest is not None and youngest < OF_AGE

    def _latest_age(self, day: date) -> int | None:
        """The age if born on the last day that fits."""
        if self.year is None:
            return None
        month = self.month or 12
        return _years(date(self.year, month, self.day or monthrange(self.year, month)[1]), day)

    def _earliest_age(self, day: date) -> int | None:
        return None if self.year is None else _years(date(self.year, self.month or 1, self.day or 1), day)


def _years(born: date, day: date) -> int:
    """Somebody born on 29 February comes of age on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def checked_birth(parts: tuple[int | None, int | None, int | None], *, today: date) -> PartialDate:
    """`parts` (year, month, day) if somebody can be born then; raises DomainError with field "birth"."""
    birth = PartialDate(*parts)
    year, month, day = birth
    if year is None:
        if month is not None or day is not None:
            raise _refused(
                "birth_without_year", "Add the year of birth, or note a birthday without a year as an occasion."
            )
        return birth
    if not OLDEST <= year <= today.year:
        raise _refused("birth_year_impossible", f"The year of birth must lie between {OLDEST} and {today.year}.")
    if month is None:
        if day is not None:
            raise _refused("birth_without_month", "Add the month of birth, or leave the day out.")
        return birth
    if not 1 <= month <= 12:
        raise _refused("birth_month_impossible", "The month of birth must lie between 1 and 12.")
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise _refused(
            "birth_day_impossible", f"{MONTHS[month - 1]} {year} has no day {day}. Correct the date of birth."
        )
    if date(year, month, day or 1) > today:
        raise _refused("birth_ahead", f"{birth} lies ahead. Correct the date of birth.")
    return birth


def _refused(code: str, message: str) -> DomainError:
    return DomainError(code, message, field="birth")
