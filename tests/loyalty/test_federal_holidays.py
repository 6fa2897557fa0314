"""Federal holidays by rule, on the days they are observed."""

from datetime import date

import pytest

from loyalty.locations.federal_holidays import federal_holidays

# As the Office of Personnel Management publishes them.
OBSERVED = {
    2021: ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"],
    2026: ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2027: ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"],
    2028: ["01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"],
}


@pytest.mark.parametrize("year", OBSERVED)
def test_they_fall_as_they_are_published(year):
    found = federal_holidays(first=date(year, 1, 1), last=date(year, 12, 31))
    assert [f"{one.day:%m-%d}" for one in found] == OBSERVED[year]


def test_a_day_that_is_observed_on_another_says_so():
    (new_year,) = federal_holidays(first=date(2027, 12, 31), last=date(2027, 12, 31))
    assert (new_year.name, new_year.is_moved) == ("New Year’s Day", True)
    (fourth,) = federal_holidays(first=date(2028, 7, 1), last=date(2028, 7, 10))
    assert fourth.is_moved is False
