"""The quarter that a page is about."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from billing.purchasing.accrual import Period
from billing.purchasing.models import Every
from billing.purchasing.programs.periods import previous, quarter_number, quarter_of, quarter_ordinal

SHOWN = 9


@dataclass(frozen=True, slots=True)
class Quarter:
    """period: the whole quarter. slug: "2026-Q4"."""

    period: Period

    @property
    def slug(self) -> str:
        return f"{self.period.first.year}-Q{quarter_number(self.period.first)}"

    @property
    def name(self) -> str:
        return f"{quarter_ordinal(self.period.first).capitalize()} quarter {self.period.first.year}"

    def so_far(self, today: date) -> Period:
        """Its days until today."""
        return Period(self.period.first, min(self.period.last, today))


def quarter_asked(given: str, *, today: date) -> Quarter:
    """The one of an address, this one without it. Raises Http404 for what is none, or has not begun."""
    if not given:
        return Quarter(quarter_of(today))
    year, _, number = given.partition("-Q")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        raise Http404
    found = Quarter(quarter_of(date(max(int(year), 1), 3 * int(number), 1)))
    if found.period.first > today:
        raise Http404
    return found


def quarters(today: date) -> list[Quarter]:
    """The last ones, this one first."""
    found = [Quarter(quarter_of(today))]
    while len(found) < SHOWN:
        found.append(Quarter(previous(found[-1].period, Every.QUARTER)))
    return found
