"""A file for a spreadsheet calculates nothing when it is opened."""

import csv

import pytest

from frontend.csv_file import csv_file


def cells(*given):
    answer = csv_file("figures.csv", ["a", "b"], [given])
    return next(csv.reader(answer.content.decode("utf-8-sig").splitlines()[1:]))


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://x")', "+cmd|'/c calc'!A1", "-2+3+cmd", "@SUM(A1)", "\t=1", "-1 of 3"]
)
def test_what_a_spreadsheet_would_calculate_is_quoted(formula):
    assert cells("fine", formula) == ["fine", f"'{formula}"]


@pytest.mark.parametrize("number", ["-12", "-0.4", "+3", "1,560", "-3.8%", "", "65"])
def test_a_number_stays_one_whatever_its_sign(number):
    assert cells("fine", number) == ["fine", number]
