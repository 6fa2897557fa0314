from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.intake.fhir.dates import DateError, PartialDate, parse_date, parse_moment

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1980", PartialDate(1980)),
        ("1980-05", PartialDate(1980, 5)),
        ("1980-05-17", PartialDate(1980, 5, 17)),
        ("2000-02-29", PartialDate(2000, 2, 29)),
        ("1997-10-05T21:51:36+00:00", PartialDate(1997, 10, 5)),
    ],
)
def test_a_date_keeps_as_much_as_is_known(written, meant):
    assert parse_date(written) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1980-02-30", '"1980-02-30" is not in the calendar'),
        ("1900-02-29", '"1900-02-29" is not in the calendar'),
        ("1980-13", '"1980-13" is not in the calendar'),
        ("1980-00-10", '"1980-00-10" is not in the calendar'),
        ("0001-01-01", '"0001-01-01" is outside the years 1850 to 2200'),
        ("9999-12-31", '"9999-12-31" is outside the years 1850 to 2200'),
        ("17/05/1980", '"17/05/1980" is not a date (write 1980, 1980-05 or 1980-05-17)'),
        ("١٩٨٠", '"١٩٨٠" is not a date (write 1980, 1980-05 or 1980-05-17)'),
        ("", '"" is not a date (write 1980, 1980-05 or 1980-05-17)'),
    ],
)
def test_an_impossible_date_is_refused_with_its_reason(written, reason):
    with pytest.raises(DateError) as error:
        parse_date(written)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        (PartialDate(1980), date(1980, 1, 1), date(1980, 12, 31)),
        (PartialDate(1980, 2), date(1980, 2, 1), date(1980, 2, 29)),
        (PartialDate(1981, 12), date(1981, 12, 1), date(1981, 12, 31)),
        (PartialDate(1981, 12, 5), date(1981, 12, 5), date(1981, 12, 5)),
    ],
)
def test_a_partial_date_knows_the_days_it_can_mean(partial, first, last):
    assert (partial.first, partial.last) == (first, last)


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)), st.integers(1, 3))
@settings(deadline=None)
def test_every_day_of_the_calendar_reads_back_as_it_was_written(day, parts):
    written = "-".join(day.isoformat().split("-")[:parts])
    assert str(parse_date(written)) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-05-04T10:00:00-04:00", datetime(2026, 5, 4, 14, tzinfo=UTC)),
        ("2026-05-04T10:00:00Z", datetime(2026, 5, 4, 10, tzinfo=UTC)),
        ("2026-05-04T10:00Z", datetime(2026, 5, 4, 10, tzinfo=UTC)),
        ("2026-05-04T23:30:00.1234567891+00:00", datetime(2026, 5, 4, 23, 30, 0, 123456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("1914-06-01T08:00:00+00:00", datetime(1914, 6, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_is_kept_in_utc(written, meant):
    moment = parse_moment(written, zone=NEW_YORK)
    assert (moment.at, moment.day_only, moment.zone_assumed) == (meant, False, False)


def test_a_moment_without_offset_is_taken_in_the_practices_zone_and_says_so():
    moment = parse_moment("2026-05-04T10:00:00", zone=NEW_YORK)
    assert (moment.at, moment.zone_assumed) == (datetime(2026, 5, 4, 14, tzinfo=UTC), True)


def test_a_day_without_time_stays_on_its_day_in_the_practices_zone():
    moment = parse_moment("2026-05-04", zone=NEW_YORK)
    assert moment.day_only
    assert moment.at.astimezone(NEW_YORK).date() == date(2026, 5, 4)


@pytest.mark.parametrize(
    "written",
    ["2026", "2026-05", "2026-05-04T25:00:00Z", "2026-05-04T10:61:00Z", "2026-02-30T10:00:00Z", "2026-05-04T10:00:61Z",
     "2026-05-04T10:00:00+15:00", "2026-05-04 10:00:00Z", "2026-05-04T",
     "0001-01-01T00:00:00+14:00", "20260504T100000Z"],
)  # fmt: skip
def test_a_moment_that_names_no_day_or_no_time_is_refused(written):
    with pytest.raises(DateError):
        parse_moment(written, zone=NEW_YORK)
