"""What worked examples are written with: October 2026, and the visits of a made-up practice."""

from datetime import date

from loyalty.metrics.compute import compute
from loyalty.metrics.windows import Month
from tests.metrics.made import ASK, PLAIN

OCTOBER = Month(2026, 10)
DAY = date(2026, 10, 5)


def october(key):
    """(value, numerator, denominator) of the figure of October 2026, None where it is absent."""
    figure = compute(months=[OCTOBER])[OCTOBER].get(key)
    return figure and (round(figure.value, 1), figure.numerator, figure.denominator)


def write(made, *visits):
    for visit in visits:
        made.visit(PLAIN | visit)


def answers(*given):
    return [ASK | {"answer_after": 0} | one for one in given]
