"""Released quantiles over months."""

import pytest

from frontend.charts.fan import fan
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Unit

MONTHS = ["Mar", "Apr", "May", "Jun", "Jul"]
RISING = [Quantiles(10 + i, 20 + i, 40 + i, 60 + i, 80 + i) for i in range(5)]


def drawn(quantiles):
    return fan(name="Note within 48 hours", unit=Unit.PERCENT, months=MONTHS, quantiles=quantiles, low=0, high=100)


def test_an_area_runs_along_its_upper_edge_and_back_along_the_lower():
    part = drawn(RISING).parts[0]
    assert part.half == "0,40 25,39 50,38 75,37 100,36 100,76 75,77 50,78 25,79 0,80"


def test_a_held_month_is_a_gap_in_all_three_marks():
    picture = drawn([*RISING[:2], None, *RISING[3:]])
    assert len(picture.parts) == 2
    assert picture.held == (50.0,)
    assert picture.rows[2] == ("May", ())
    assert picture.sentence.endswith("1 held and not shown.")


def test_the_last_release_is_named_beside_the_picture():
    assert drawn(RISING).ends[2] == (56, "44% Median")


def test_all_months_held_is_no_picture():
    with pytest.raises(ValueError, match="at least one released month"):
        drawn([None] * 5)
