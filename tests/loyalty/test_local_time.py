"""Days and hours where the patient is."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from core.errors import DomainError
from loyalty.visits.local_time import day_of, starting, zone_of

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
