"""Closed months, rolling windows, and days in a location's time zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.metrics.windows import (
    Month,
    Window,
    day_starts,
    follow_up,
    index_window,
    is_closed,
    last_closed_month,
    months_to_compute,
    window,
)

LOS_ANGELES, NEW_YORK = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
MONTHS = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))
# Zones whose clocks jump or fall back at midnight, skip a day, or have odd offsets, beside ordinary ones.
ZONES = [
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
    "America/Havana",
    "America/Sao_Paulo",
    "America/Asuncion",
    "Asia/Beirut",
    "Africa/Cairo",
    "Asia/Amman",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Europe/Dublin",
    "Atlantic/Azores",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "UTC",
]


@pytest.mark.parametrize(
    ("month", "first", "end"),
    [
        ("2026-10", date(2025, 11, 1), date(2026, 11, 1)),
        ("2026-12", date(2026, 1, 1), date(2027, 1, 1)),
        ("2024-02", date(2023, 3, 1), date(2024, 3, 1)),
    ],
)
def test_a_figure_counts_the_twelve_months_that_end_with_its_month(month, first, end):
    assert window(Month.parse(month)) == Window(first, end)


@given(MONTHS, st.integers(0, 400))
def test_the_last_index_visit_is_known_on_the_last_day_of_the_month(month, days):
    counted = index_window(month, look_ahead_days=days)
    last_visit = counted.end - timedelta(days=1)
    assert Month.of(last_visit + timedelta(days=days)) == month
    assert counted.first + timedelta(days=days) == month.shifted(-11).first


@given(MONTHS, st.integers(1, 400), st.dates(date(1988, 1, 1), date(2092, 1, 1)))
def test_a_visit_is_an_index_visit_exactly_when_its_xth_day_falls_in_the_window(month, days, visit):
    counted = index_window(month, look_ahead_days=days)
    assert (visit in counted) == (visit + timedelta(days=days) in window(month))


@given(MONTHS, st.integers(1, 400))
def test_the_follow_up_of_retention_starts_where_its_window_ends_and_ends_with_the_month(month, days):
    after = follow_up(month, look_ahead_days=days)
    assert after.first == index_window(month, look_ahead_days=days).end
    assert after.days == days
    assert after.end == month.end


@given(MONTHS, st.integers(-600, 600))
def test_months_shift_back_and_forth(month, by):
    assert month.shifted(by).shifted(-by) == month
    assert (month.shifted(by) < month) == (by < 0)


@given(MONTHS)
def test_a_month_is_printed_as_it_is_parsed(month):
    assert Month.parse(str(month)) == month
    assert Month.of(month.first) == month
    assert month.end - timedelta(days=1) >= month.first


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-9", "26-09", "2026/09", "2026-09-01", "", "٢٠٢٦-٠٩", "0000-01"]
)
def test_what_is_not_a_month_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match="write it like 2026-09"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2026-01", "2026-01"), ("2026-03", "2026-01"), ("2026-04", "2026-04"), ("2026-12", "2026-10")],
)
def test_quarters_are_those_of_the_calendar(month, quarter):
    assert Month.parse(month).quarter == Month.parse(quarter)


def test_a_window_without_a_day_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        Window(date(2026, 1, 1), date(2026, 1, 1))


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(-1, 1),
)
def test_an_instant_is_on_or_after_a_day_exactly_when_it_is_past_its_start(zone, instant, beside):
    place = ZoneInfo(zone)
    day = instant.astimezone(place).date() + timedelta(days=beside)
    assert (instant >= day_starts(day, place)) == (instant.astimezone(place).date() >= day)


@pytest.mark.parametrize("zone", ZONES)
def test_no_instant_around_a_clock_change_falls_out_of_its_day(zone):
    place = ZoneInfo(zone)
    instant = datetime(2006, 1, 1, tzinfo=UTC)
    while instant < datetime(2014, 1, 1, tzinfo=UTC):
        after = instant + timedelta(hours=12)
        if instant.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            for minutes in range(0, 36 * 60, 30):
                near = instant - timedelta(hours=12) + timedelta(minutes=minutes)
                day = near.astimezone(place).date()
                start, end = Window(day, day + timedelta(days=1)).instants(place)
                assert start <= near < end
        instant = after


def test_a_day_of_clock_change_has_23_or_25_hours():
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    for day, hours in ((spring, 23), (autumn, 25)):
        start, end = Window(day, day + timedelta(days=1)).instants(NEW_YORK)
        assert end - start == timedelta(hours=hours)


def test_a_month_closes_when_it_has_ended_at_every_location():
    october = Month(2026, 10)
    midnight_in_new_york = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    midnight_in_los_angeles = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)
    both = [NEW_YORK, LOS_ANGELES]
    second = timedelta(seconds=1)
    assert not is_closed(october, now=midnight_in_new_york - second, zones=[NEW_YORK])
    assert is_closed(october, now=midnight_in_new_york, zones=[NEW_YORK])
    assert not is_closed(october, now=midnight_in_los_angeles - second, zones=both)
    assert is_closed(october, now=midnight_in_los_angeles, zones=both)


def test_the_months_to_compute_run_from_the_first_visit_to_the_last_closed_month():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    months = months_to_compute(first_day=date(2026, 8, 30), now=now, zones=[NEW_YORK])
    assert [str(month) for month in months] == ["2026-08", "2026-09", "2026-10"]


@pytest.mark.parametrize("first_day", [None, date(2026, 11, 2), date(2027, 1, 1)])
def test_there_is_nothing_to_compute_before_a_month_has_closed(first_day):
    assert months_to_compute(first_day=first_day, now=datetime(2026, 11, 23, tzinfo=UTC), zones=[NEW_YORK]) == []


def test_long_histories_are_cut_to_the_latest_months():
    months = months_to_compute(
        first_day=date(1914, 5, 1), now=datetime(2026, 11, 23, tzinfo=UTC), zones=[NEW_YORK], at_most=36
    )
    assert len(months) == 36
    assert (str(months[0]), str(months[-1])) == ("2023-11", "2026-10")


def test_a_naive_clock_and_a_practice_without_locations_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        last_closed_month(now=datetime(2026, 11, 23), zones=[NEW_YORK])  # noqa: DTZ001
    with pytest.raises(ValueError, match="needs a location"):
        last_closed_month(now=datetime(2026, 11, 23, tzinfo=UTC), zones=[])
