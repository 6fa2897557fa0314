"""Whether the dates of a file are written with the month or with the day first: all of them are asked."""

from collections import Counter

from loyalty.intake.sheets.cells.dates import DAY_FIRST, MONTH_FIRST, order_of
from loyalty.intake.sheets.columns.fields import DATES
from loyalty.intake.sheets.reading.faults import RowFault
from loyalty.intake.sheets.reading.rows import data_rows
from loyalty.models import Import

# A slip of the pen in a long column is an error of its row, and not a question.
_A_SLIP = 0.02


def find_date_order(of: Import) -> tuple[str, bool]:
    """(order, open): "" and False where no date needs one; open where a person must say it."""
    places = [place for place, key in enumerate(of.mapping) if key in DATES[of.kind]]
    told: Counter[str] = Counter()
    if places:
        for _, cells in data_rows(of):
            if not isinstance(cells, RowFault):
                told.update(order_of(cells[place].strip()) for place in places)
    months, days = told[MONTH_FIRST], told[DAY_FIRST]
    if not months and not days:
        return "", told["either"] > 0
    if min(months, days) > _A_SLIP * max(months, days):
        return "", True
    return (MONTH_FIRST if months > days else DAY_FIRST), False
