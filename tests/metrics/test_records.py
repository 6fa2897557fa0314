"""What is read of a practice since a day, where that day cuts something in two."""

from datetime import date, timedelta

import pytest

from loyalty.metrics.columns import EPOCH
from loyalty.metrics.records import fetch, reading
from loyalty.models import Visit
from tests.metrics.made import ASK, PLAIN, ZONES, Made

FIRST = date(2026, 3, 1)


@pytest.fixture
def made(in_aurora):
    return Made()


def told(made, day, *promises, zone=0, patient=0, minute=600):
    made.visit(
        PLAIN | {"day": day, "zone": zone, "patient": patient, "minute": minute, "promises": [*promises]},
    )


def read():
    """Of each promise the day of its answer, counted from FIRST, the number of its patient, and whether it was kept."""
    promises = fetch(FIRST).promises
    first = (FIRST - EPOCH).days
    return sorted(zip((promises.day - first).tolist(), promises.patient.tolist(), promises.kept.tolist(), strict=True))


def test_a_promise_of_an_older_visit_counts_where_it_was_answered_since(made):
    told(made, FIRST - timedelta(days=2), ("yes", 1), ("no", 2), ("yes", 3), patient=1)
    told(made, FIRST, ("yes", 0), patient=1)
    found = read()
    assert [(day, kept) for day, _, kept in found] == [(0, False), (0, True), (1, True)]
    assert len({patient for _, patient, _ in found}) == 1


def test_an_answer_from_before_the_day_is_left_out_even_if_its_visit_is_read(made):
    told(made, FIRST, ("yes", -1), ("yes", 0))
    assert [day for day, _, _ in read()] == [0]


def test_the_day_of_an_answer_is_that_of_the_place_of_the_visit(made):
    # Answered three quarters of an hour later: 23:30 leads to the next day and 22:00 does not, whatever UTC says.
    for number in range(len(ZONES)):
        told(made, FIRST + timedelta(days=10), ("yes", 0), zone=number, patient=number, minute=1410)
        told(made, FIRST - timedelta(days=1), ("yes", 0), zone=number, patient=number, minute=1410)
        told(made, FIRST + timedelta(days=20), ("yes", 0), zone=number, patient=number, minute=1320)
    assert [day for day, _, _ in read()] == [0] * len(ZONES) + [11] * len(ZONES) + [20] * len(ZONES)


def test_a_recovery_after_an_older_visit_was_reached_on_the_day_of_its_place(made):
    # Answered at 12:46 there, reached twelve hours later: past midnight in each place, not yet where UTC is behind.
    for number in range(len(ZONES)):
        ask = ASK | {"answer_after": 2, "score": 3, "reached_after": 12, "closed_after": 36}
        drawn = {"day": FIRST - timedelta(days=1), "zone": number, "patient": number, "minute": 720, "asks": [ask]}
        made.visit(PLAIN | drawn)
    recoveries = fetch(FIRST).recoveries
    first = (FIRST - EPOCH).days
    assert (recoveries.day - first).tolist() == [1] * len(ZONES)
    assert (recoveries.reached_day - first).tolist() == [2] * len(ZONES)
    assert (recoveries.closed_day - first).tolist() == [3] * len(ZONES)


def test_whoever_stops_reading_halfway_can_ask_for_something_else(made):
    told(made, FIRST, ("yes", 0))
    with reading(FIRST) as records:
        assert records.visits.key.size == 1
    assert Visit.objects.count() == 1
    with pytest.raises(ZeroDivisionError), reading(FIRST):
        _ = 1 / 0
    assert fetch(FIRST).promises.kept.tolist() == [True]
