"""How many rows a file has, and whether its dates begin with the month or with the day: all of them are asked."""

from collections import Counter
from dataclasses import dataclass

from core.sheets.cells.dates import DAY_FIRST, MONTH_FIRST, order_of
from core.sheets.faults import RowFault
from loyalty.intake.bundles.entries import Entry
from loyalty.intake.sheets.columns.fields import DATES
from loyalty.intake.sheets.reading.rows import data_rows
from loyalty.models import Import

# A slip of the pen in a long column is an error of its row, and not a question.
_A_SLIP = 0.02


@dataclass(frozen=True, slots=True)
class Surveyed:
    """rows: how many there are. order: of dates, "" where none needs one; is_open: a person must say it."""

    rows: int
    order: str
    is_open: bool


def survey(of: Import) -> Surveyed:
    """Looks through the whole file once. Raises FileRefused."""
    places = [place for place, key in enumerate(of.mapping) if key in DATES[of.kind]]
    told: Counter[str] = Counter()
    rows = 0
    for _, cells in data_rows(of):
        rows += 1
        if not isinstance(cells, RowFault | Entry):
            for place in places:
                told[order_of(cells[place].strip())] += 1
    months, days = told[MONTH_FIRST], told[DAY_FIRST]
    if not months and not days:
        return Surveyed(rows, "", told["either"] > 0)
    if min(months, days) > _A_SLIP * max(months, days):
        return Surveyed(rows, "", is_open=True)
    return Surveyed(rows, MONTH_FIRST if months > days else DAY_FIRST, is_open=False)
