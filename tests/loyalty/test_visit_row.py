"""The state of each row of the day, and who is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.ids import uuid7
from loyalty.patients.partial_date import PartialDate
from loyalty.visits.facts import VisitFacts
from loyalty.visits.row import visit_rows

NINE = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # nine in the morning in Los Angeles


def visit(minutes, status="booked", arrived=None):
    starts = NINE + timedelta(minutes=minutes)
    return VisitFacts(
        id=uuid7(),
        status=status,
        starts_at=starts,
        day=date(2026, 11, 23),
        arrived_at=None if arrived is None else starts + timedelta(minutes=arrived),
        time_zone="America/Los_Angeles",
        service="",
        staff="",
        patient_id=uuid7(),
        name="Marguerite Ellison",
        birth=PartialDate(),
    )


def states(*visits, now=NINE):
    return [row.state for row in visit_rows(visits, now=now)]


def test_each_status_has_its_state_and_only_one_visit_is_next():
    day = [
        visit(-60, "completed"),
        visit(-30, "arrived", arrived=0),
        visit(-20, "no_show"),
        visit(-10, "cancelled"),
        visit(30, "confirmed"),
        visit(60),
    ]
    assert states(*day) == ["done", "here", "no_show", "cancelled", "next", "later"]


def test_who_is_late_stays_next_for_half_an_hour():
    day = [visit(0), visit(45)]
    assert states(*day, now=NINE + timedelta(minutes=29)) == ["next", "later"]
    assert states(*day, now=NINE + timedelta(minutes=30)) == ["later", "next"]


def test_when_all_have_come_nobody_is_next():
    assert states(visit(-60, "completed"), visit(-30, "arrived", arrived=0)) == ["done", "here"]


@pytest.mark.parametrize(
    ("one", "after", "late"),
    [
        (visit(0), 5, 0),
        (visit(0), 6, 6),
        (visit(0, "arrived", arrived=4), 60, 0),
        (visit(0, "arrived", arrived=12), 60, 12),
        (visit(0, "arrived", arrived=-10), 60, 0),
        (visit(0, "completed", arrived=12), 90, 12),
        (visit(0, "completed"), 90, 0),
        (visit(0, "no_show"), 90, 0),
        (visit(0, "cancelled"), 90, 0),
    ],
)
def test_late_is_more_than_five_minutes(one, after, late):
    (row,) = visit_rows([one], now=NINE + timedelta(minutes=after))
    assert row.late_minutes == late
    assert any("late" in tag.text for tag in row.tags) == bool(late)


def test_the_time_is_the_one_on_the_wall():
    (row,) = visit_rows([visit(90)], now=NINE)
    assert (row.at.hour, row.at.minute, str(row.at.tzinfo)) == (10, 30, "America/Los_Angeles")


def test_a_visit_that_does_not_take_place_needs_no_brief():
    (off, here) = visit_rows([visit(0, "cancelled"), visit(0, "arrived", arrived=0)], now=NINE)
    assert (off.brief, off.hint, off.tags) == (None, "", ())
    assert here.hint == "First visit."
