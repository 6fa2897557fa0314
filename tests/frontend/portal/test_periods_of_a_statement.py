"""What a statement calls the period that something was earned in."""

from datetime import date

import pytest

from core.money import Money
from frontend.portal.savings.statement import Line


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), "July 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "third quarter 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "February to April 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "January to June 2026"),
        (date(2025, 10, 1), date(2026, 3, 31), "October 2025 to March 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 5, 1), date(2027, 4, 30), "May 2026 to April 2027"),
    ],
)
def test_a_period_is_called_by_its_quarter_its_year_or_its_months(first, last, words):
    line = Line(vendor="Lumen", program="Volume", first=first, last=last, day=None, amount=Money(1))
    assert line.period == words
