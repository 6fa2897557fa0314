"""Days and hours where the patient is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from loyalty.models import PlaybookRule
from loyalty.touchpoints.due import due_at
from loyalty.visits.local_time import END_OF_WORK, day_of, end_of_work, starting, working_days_from, zone_of

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def test_a_day_is_the_one_on_the_wall():
    assert day_of(datetime(2026, 11, 24, 7, 59, tzinfo=UTC), LOS_ANGELES) == date(2026, 11, 23)
    assert day_of(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), LOS_ANGELES) == date(2026, 11, 24)
    # In summer the day begins an hour earlier.
    assert day_of(datetime(2026, 7, 24, 7, 0, tzinfo=UTC), LOS_ANGELES) == date(2026, 7, 24)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "America"])
def test_a_zone_that_is_none_is_refused(name):
    with pytest.raises(DomainError, match="such as America/Chicago"):
        zone_of(name)


def test_a_time_typed_at_the_desk_is_the_time_on_its_wall():
    at = starting(day=date(2026, 7, 1), clock=time(10, 30), time_zone="America/Los_Angeles")
    assert at == datetime(2026, 7, 1, 17, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(DomainError, match="clocks go forward") as refused:
        starting(day=date(2026, 3, 8), clock=time(2, 30), time_zone="America/Los_Angeles")
    assert refused.value.field == "starts_at"


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    at = starting(day=date(2026, 11, 1), clock=time(1, 30), time_zone="America/Los_Angeles")
    assert at == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (date(2026, 11, 26), -2, date(2026, 11, 24)),  # Thursday → Tuesday
        (date(2026, 11, 23), -2, date(2026, 11, 19)),  # Monday → Thursday
        (date(2026, 11, 22), -2, date(2026, 11, 19)),  # Sunday → Thursday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday → Monday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday → Monday
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_working_days_skip_the_weekend(day, days, found):
    assert working_days_from(day, days) == found


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between(day, days):
    after = working_days_from(day, days)
    between = [day + timedelta(days=number) for number in range(1, (after - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == days
    assert after.weekday() < 5


@given(DAYS)
def test_work_ends_at_five_on_the_wall_all_year(day):
    assert end_of_work(day, LOS_ANGELES).astimezone(LOS_ANGELES).time() == END_OF_WORK


NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
VISIT = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)  # Thursday, noon


@pytest.mark.parametrize(
    ("delay", "unit", "due"),
    [
        (-2, "working_days", datetime(2026, 12, 2, 1, 0, tzinfo=UTC)),  # Tuesday, 5 pm
        (-4, "days", datetime(2026, 11, 30, 1, 0, tzinfo=UTC)),  # Sunday, 5 pm
        (-3, "hours", datetime(2026, 12, 3, 17, 0, tzinfo=UTC)),
        (48, "hours", datetime(2026, 11, 25, 17, 0, tzinfo=UTC)),
        (2, "days", datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
        (5, "working_days", datetime(2026, 12, 1, 1, 0, tzinfo=UTC)),
        (-30, "days", NOW),
    ],
)
def test_a_rule_counts_from_the_event_or_back_from_the_visit_and_never_into_the_past(delay, unit, due):
    rule = PlaybookRule(delay=delay, delay_unit=unit)
    assert due_at(rule, event=NOW, visit_starts=VISIT, zone=LOS_ANGELES, now=NOW) == due
