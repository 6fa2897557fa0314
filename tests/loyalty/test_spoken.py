"""Times and numbers as a person says them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalty.patients.partial_date import PartialDate
from loyalty.visits.spoken import (
    counted,
    joined,
    ordinal,
    ordinal_word,
    spoken_date,
    spoken_day,
    spoken_moment,
    spoken_time,
)

ZONE = ZoneInfo("America/Los_Angeles")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(0, 5, "12:05 am"), (9, 0, "9:00 am"), (12, 0, "12:00 pm"), (23, 59, "11:59 pm")]
)
def test_times_have_twelve_hours(hour, minute, said):
    assert spoken_time(datetime(2026, 11, 23, hour, minute, tzinfo=ZONE), ZONE) == said


def test_a_date_carries_its_year_only_where_it_is_another_one():
    assert spoken_date(date(2026, 6, 15), today=TODAY) == "June 15"
    assert spoken_date(date(2025, 6, 15), today=TODAY) == "June 15, 2025"


@pytest.mark.parametrize(
    ("away", "said"),
    [(0, "today"), (-1, "yesterday"), (1, "tomorrow"), (3, "Thursday"), (-2, "Saturday"), (-6, "Tuesday"),
     (7, "November 30"), (-7, "November 16")],
)  # fmt: skip
def test_near_days_have_names(away, said):
    assert spoken_day(TODAY + timedelta(days=away), today=TODAY) == said


def test_a_moment_today_needs_no_date():
    at = datetime(2026, 11, 23, 22, 5, tzinfo=UTC)
    assert spoken_moment(at, zone=ZONE, now=at) == "at 2:05 pm"
    assert spoken_moment(at, zone=ZONE, now=at + timedelta(days=1)) == "on November 23 at 2:05 pm"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals_end_as_they_should(number, said):
    assert ordinal(number) == said


def test_small_numbers_are_words():
    assert (ordinal_word(3), ordinal_word(10), ordinal_word(22)) == ("third", "tenth", "22nd")
    assert (counted(1, "week"), counted(0, "week"), counted(2, "week")) == ("1 week", "0 weeks", "2 weeks")
    assert (joined([]), joined(["Kofi"]), joined(["Kofi", "Ruth"]), joined(["A", "B", "C"])) == (
        "", "Kofi", "Kofi and Ruth", "A, B and C",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("birth", "said", "age"),
    [
        (PartialDate(1968, 2, 3), "February 3, 1968", 58),
        (PartialDate(1968, 11, 24), "November 24, 1968", 57),
        (PartialDate(1968, 11), "November 1968", None),
        (PartialDate(1968, 12), "December 1968", 57),
        (PartialDate(1968), "1968", None),
        (PartialDate(), "", None),
    ],
)
def test_a_birth_date_is_said_as_far_as_it_is_known_and_so_is_the_age(birth, said, age):
    assert (str(birth), birth.age_on(TODAY)) == (said, age)
