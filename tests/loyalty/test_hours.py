"""Working days and hours: of the usual week, and as a location has written them down."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.locations.change_hours import change_hours
from loyalty.locations.holidays import add_holiday, holidays_of, remove_holiday, suggested
from loyalty.locations.hours import END_OF_WORK, USUAL, WorkCalendar, calendar_of, practice_calendar
from loyalty.models import Holiday, Location, OpeningHours, PlaybookRule, Touchpoint
from loyalty.touchpoints.due import due_at

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
PLAIN = WorkCalendar(LOS_ANGELES)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
NINE, FIVE, SEVEN, NOON = time(9), time(17), time(19), time(12)
# Tuesday to Saturday, until seven.
LATE = dict.fromkeys(range(1, 6), (NINE, SEVEN))


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
    assert PLAIN.working_days_from(day, days) == found


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between(day, days):
    after = PLAIN.working_days_from(day, days)
    between = [day + timedelta(days=number) for number in range(1, (after - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == days
    assert after.weekday() < 5


@given(DAYS)
def test_work_ends_at_five_on_the_wall_all_year(day):
    assert PLAIN.end_of_work(day).astimezone(LOS_ANGELES).time() == END_OF_WORK


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
    assert due_at(rule, event=NOW, visit_starts=VISIT, calendar=PLAIN, now=NOW) == due


@given(DAYS, st.integers(-20, 20).filter(bool), st.sets(st.integers(0, 6), min_size=1), st.sets(st.integers(0, 60)))
def test_a_working_day_is_an_open_weekday_that_is_no_holiday(day, days, open_on, off):
    holidays = frozenset(day + timedelta(days=number - 30) for number in off)
    calendar = WorkCalendar(LOS_ANGELES, dict.fromkeys(open_on, (NINE, FIVE)), holidays)
    found = calendar.working_days_from(day, days)
    assert calendar.is_working_day(found)
    passed = range(1, abs((found - day).days) + 1)
    step = 1 if days > 0 else -1
    assert sum(calendar.is_working_day(day + timedelta(days=number * step)) for number in passed) == abs(days)


def test_a_year_without_a_working_day_ends_all_the_same():
    off = frozenset(date(2026, 1, 1) + timedelta(days=number) for number in range(1200))
    assert WorkCalendar(LOS_ANGELES, USUAL, off).working_days_from(date(2026, 1, 1), 2) > date(2027, 1, 1)


def test_a_location_that_wrote_nothing_keeps_the_usual_week(location, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar = calendar_of(location)
    assert (calendar.zone, dict(calendar.hours), calendar.holidays) == (LOS_ANGELES, dict(USUAL), frozenset())
    assert practice_calendar() == calendar


def test_hours_are_kept_and_a_weekday_that_is_left_out_is_closed(location, now):
    change_hours(location_id=location.id, version=1, week=LATE, now=now)
    calendar = calendar_of(location)
    assert calendar.hours == LATE
    assert calendar.working_days_from(date(2026, 11, 28), 1) == date(2026, 12, 1)  # Saturday → Tuesday
    assert calendar.end_of_work(date(2026, 12, 1)) == datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    # Monday is closed, and a day that is due then ends at five.
    assert calendar.end_of_work(date(2026, 11, 30)) == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(("week", "code"), [({}, "hours_empty"), ({2: (FIVE, NINE)}, "hours_backward")])
def test_hours_that_cannot_be_are_refused(location, now, week, code):
    with pytest.raises(DomainError) as refused:
        change_hours(location_id=location.id, version=1, week=week, now=now)
    assert (refused.value.code, refused.value.field) == (code, "hours")
    assert not OpeningHours.objects.exists()


def test_of_two_who_change_the_hours_the_second_is_told(location, now):
    change_hours(location_id=location.id, version=1, week=LATE, now=now)
    with pytest.raises(Conflict, match="Somebody changed these hours"):
        change_hours(location_id=location.id, version=1, week=dict(USUAL), now=now)
    assert calendar_of(location).hours == LATE
    with pytest.raises(NotFound):
        change_hours(location_id=uuid7(), version=1, week=LATE, now=now)


@pytest.mark.parametrize("wrong", [{"weekday": 7}, {"opens": FIVE, "closes": NINE}, {"weekday": 1}])
def test_the_database_keeps_the_week_whole(location, wrong):
    OpeningHours.objects.create(location=location, weekday=1, opens=NINE, closes=FIVE)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(**{"location": location, "weekday": 2, "opens": NINE, "closes": FIVE, **wrong})


def off(location, day, now, name="A day off"):
    place = location.id if location else None
    return add_holiday(location_id=place, day=day, name=name, now=now)


def test_a_holiday_is_of_one_location_or_of_all(location, now):
    other = Location.objects.create(name="Other", time_zone="America/Denver")
    off(location, date(2026, 12, 1), now)
    off(None, date(2026, 12, 2), now)
    assert calendar_of(location).holidays == {date(2026, 12, 1), date(2026, 12, 2)}
    assert calendar_of(other).holidays == {date(2026, 12, 2)}
    assert [one.day.day for one in holidays_of(location, today=date(2026, 12, 2))] == [2]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "holiday_unnamed"),
        ({"name": "x" * 81}, "text_too_long"),
        ({"day": date(2026, 11, 22)}, "holiday_out_of_range"),
        ({"day": date(2030, 1, 1)}, "holiday_out_of_range"),
    ],
)
def test_a_day_that_cannot_be_off_is_refused(location, now, given, code):
    usual = {"location_id": location.id, "day": date(2026, 12, 1), "name": "Party"}
    with pytest.raises(DomainError) as refused:
        add_holiday(**{**usual, **given}, now=now)
    assert refused.value.code == code
    assert not Holiday.objects.exists()


def test_a_day_is_off_once(location, now):
    off(None, date(2026, 12, 1), now, name="Party")
    for place in (None, location):
        with pytest.raises(Conflict, match="December 1 is a day off already: Party"):
            off(place, date(2026, 12, 1), now)
    for where in (None, location):
        Holiday.objects.filter(location=where).delete()
        Holiday.objects.create(location=where, day=date(2026, 12, 4), name="First")
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(location=where, day=date(2026, 12, 4), name="Second")


def test_federal_holidays_are_suggested_until_they_are_days_off(location, now):
    today = date(2026, 11, 23)
    assert [one.name for one in suggested([], today=today)][:2] == ["Thanksgiving Day", "Christmas Day"]
    off(None, date(2026, 11, 26), now)
    assert suggested(holidays_of(location, today=today), today=today)[0].name == "Christmas Day"


def test_a_preview_is_due_two_working_days_of_its_location_before(location, booked, preview_of, now):
    change_hours(location_id=location.id, version=1, week={**USUAL, 2: (NINE, NOON)}, now=now)
    off(location, date(2026, 11, 26), now)
    # Friday, November 27: Thanksgiving does not count, and Tuesday ends at five.
    visit = booked(starts_at=datetime(2026, 11, 27, 18, 0, tzinfo=UTC))
    assert preview_of(visit).due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def test_what_is_planned_before_a_visit_follows_the_hours(location, booked, preview_of, now):
    visit = booked()  # Monday, November 30
    assert preview_of(visit).due_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # Thursday, 5 pm
    holiday = off(location, date(2026, 11, 27), now)
    assert preview_of(visit).due_at == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    assert change_hours(location_id=location.id, version=1, week={**USUAL, 2: (NINE, NOON)}, now=now) == 1
    assert preview_of(visit).due_at == datetime(2026, 11, 25, 20, 0, tzinfo=UTC)  # Wednesday, noon
    remove_holiday(holiday_id=holiday.id, now=now)
    assert preview_of(visit).due_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


def test_what_is_settled_late_or_counts_from_what_happened_keeps_its_time(location, booked, completed, note_of, now):
    done, late = booked(), booked(starts_at=now + timedelta(days=8))
    note = note_of(completed())
    PlaybookRule.objects.filter(id=note.rule_id).update(delay=2, delay_unit="working_days")
    Touchpoint.objects.filter(visit=done, kind="preview").update(state="done", done_at=now)
    Touchpoint.objects.filter(visit=late, kind="preview").update(due_at=now - timedelta(hours=1))
    before = set(Touchpoint.objects.values_list("id", "due_at"))
    for day in (24, 25, 26, 27):
        off(location, date(2026, 11, day), now)
    assert set(Touchpoint.objects.values_list("id", "due_at")) == before


def test_another_locations_calls_stay(location, booked, now):
    other = Location.objects.create(name="Other", time_zone="America/Los_Angeles")
    booked(location_id=other.id)
    assert change_hours(location_id=location.id, version=1, week={**USUAL, 3: (NINE, NOON)}, now=now) == 0


def test_a_personal_day_follows_the_first_location(location, patient, playbook, now):
    rule = PlaybookRule.objects.get(trigger="occasion")
    PlaybookRule.objects.filter(id=rule.id).update(delay_unit="working_days")
    card = Touchpoint.objects.create(
        patient=patient, rule=rule, kind="occasion", channel="card", role="provider",
        day=date(2026, 12, 4), due_at=datetime(2026, 12, 1, 1, 0, tzinfo=UTC),
    )  # fmt: skip
    off(None, date(2026, 12, 1), now)
    card.refresh_from_db()
    # Four working days before Friday: the Friday before, without the Tuesday that is off.
    assert card.due_at == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)


def test_a_day_off_that_is_gone_cannot_be_taken_back_twice(location, now):
    holiday = off(location, date(2026, 12, 1), now)
    remove_holiday(holiday_id=holiday.id, now=now)
    with pytest.raises(NotFound):
        remove_holiday(holiday_id=holiday.id, now=now)
    with pytest.raises(NotFound):
        add_holiday(location_id=uuid7(), day=date(2026, 12, 1), name="Party", now=now)
