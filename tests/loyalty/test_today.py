"""The page of the day: what it holds, and what it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import (
    Feedback,
    FeedbackRequest,
    Figure,
    Location,
    Memory,
    Patient,
    Touchpoint,
    TouchpointKind,
)
from loyalty.today import Change, FeedbackFigure, NotesFigure, today
from loyalty.touchpoints.notes import written
from loyalty.visits.cancel import cancel

# The last one is the entry in the trail.
MOST_QUERIES = 6


def answer(patient, score, *, day, mode="kiosk"):
    asked = FeedbackRequest.objects.create(patient=patient, mode=mode, asked_at=noon(day), day=day)
    return Feedback.objects.create(
        patient=patient, request=asked, mode=mode, score=score, answered_at=noon(day), day=day
    )


def noon(day):
    return datetime(day.year, day.month, day.day, 20, 0, tzinfo=UTC)


def figures(now):
    return today(now=now).figures


def test_an_empty_day_is_a_page_all_the_same(location, now):
    page = today(now=now)
    assert (page.location.id, page.day, page.local_now.hour) == (location.id, date(2026, 11, 23), 9)
    assert (page.visits, page.notes, page.notes_left, page.tomorrow_count) == ((), (), 0, 0)
    assert [day.day for day in page.occasions] == [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    assert (page.figures.nps, page.figures.return_rate) == (None, None)
    assert page.figures.notes == NotesFigure(written=0, due=0)
    assert page.figures.feedback == FeedbackFigure(answers=0, asked=0, share=None, month=date(2026, 11, 1))


def test_the_visits_of_the_day_stand_in_the_order_of_their_times(booked, make_patient, now):
    booked(patient_id=make_patient("Grace Chen").id, starts_at=now + timedelta(hours=4))
    booked(starts_at=now + timedelta(hours=1))
    booked(starts_at=now + timedelta(days=1))
    off = booked(starts_at=now + timedelta(days=1, hours=1))
    cancel(visit_id=off.id, now=now)
    page = today(now=now)
    assert [(row.name, row.state) for row in page.visits] == [("Marguerite Ellison", "next"), ("Grace Chen", "later")]
    assert page.tomorrow_count == 1


def test_the_day_ends_at_midnight_on_the_wall(booked, now):
    booked(starts_at=now + timedelta(hours=1))
    late_evening = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    assert (today(now=late_evening).day, len(today(now=late_evening).visits)) == (date(2026, 11, 23), 1)
    after_midnight = late_evening + timedelta(hours=1)
    assert (today(now=after_midnight).day, len(today(now=after_midnight).visits)) == (date(2026, 11, 24), 0)


def test_each_location_has_its_own_day(booked, location, now):
    booked(starts_at=now + timedelta(hours=1))
    boston = Location.objects.create(name="Boston", time_zone="America/New_York")
    booked(location_id=boston.id, starts_at=now + timedelta(hours=2))
    assert [place.name for place in today(now=now).places] == [location.name, "Boston"]
    there = today(now=now, location_id=boston.id)
    assert [(row.at.hour, row.state) for row in there.visits] == [(14, "next")]


def test_a_location_that_is_closed_or_unknown_is_not_found(location, now):
    closed = Location.objects.create(name="Old", time_zone="America/New_York", is_active=False)
    for location_id in (closed.id, uuid7()):
        with pytest.raises(NotFound):
            today(now=now, location_id=location_id)


def test_the_front_desk_does_not_see_what_providers_keep_to_themselves(booked, patient, now):
    booked(starts_at=now + timedelta(hours=1))
    Memory.objects.create(patient=patient, text="Her mother is ill.", source="told us", sensitivity="clinical")
    (row,) = today(now=now).visits
    assert "Her mother is ill." not in str(row)
    (row,) = today(now=now, clinical=True).visits
    assert "Her mother is ill." in str(row)


def test_who_may_not_see_answers_sees_neither_score_nor_words(booked, completed, now):
    earlier = completed(at=now - timedelta(days=40))
    record(visit_id=earlier.id, mode="staff", score=4, better="Waited for ages.", now=now - timedelta(days=40))
    booked(starts_at=now + timedelta(hours=1))
    (row,) = today(now=now).visits
    assert "Waited" not in str(row)
    assert "4 of 10" not in str(row)
    assert [tag.text for tag in row.tags] == ["Waiting on our reply"]
    (row,) = today(now=now, feedback=True).visits
    assert "Waited for ages." in str(row)


def test_three_notes_are_shown_and_the_rest_counted_without_the_held_ones(completed, make_patient, now):
    for number in range(5):
        completed(patient_id=make_patient(f"Ann Number{number}").id, at=now - timedelta(hours=number))
    unhappy = completed(patient_id=make_patient("Una Happy").id, at=now)
    record(visit_id=unhappy.id, mode="staff", score=2, now=now)
    page = today(now=now)
    assert [card.name for card in page.notes] == ["Ann Number4", "Ann Number3", "Ann Number2"]
    assert page.notes_left == 2


def test_a_note_that_turns_out_to_be_held_gives_its_place_to_the_next(completed, make_patient, now):
    for name, hours in (("Minnie Minor", 3), ("Ann One", 2)):
        completed(patient_id=make_patient(name).id, at=now - timedelta(hours=hours))
    Patient.objects.filter(given_name="Minnie").update(birth_year=2012)
    assert [card.name for card in today(now=now).notes] == ["Ann One"]


def test_notes_of_the_week_count_what_is_written_and_what_is_still_to_write(completed, make_patient, now):
    for name, days in (("Ann Written", 0), ("Bo Waiting", 0), ("Cy Overdue", 9), ("Di Before", 10)):
        completed(patient_id=make_patient(name).id, at=now - timedelta(days=days))

    def note(name):
        return Touchpoint.objects.get(kind=TouchpointKind.NOTE, patient__given_name=name)

    written(touchpoint_id=note("Ann").id, by_staff_id=None, now=now)
    written(touchpoint_id=note("Di").id, by_staff_id=None, now=now - timedelta(days=1))  # on Sunday
    assert figures(now).notes == NotesFigure(written=1, due=3)
    Patient.objects.filter(given_name="Bo").update(no_contact=True)
    assert figures(now).notes == NotesFigure(written=1, due=2)


def test_the_score_is_of_the_year_that_ends_today(make_patient, now):
    someone = make_patient("Ann One")
    for score, day in (
        (10, date(2026, 11, 23)),
        (9, date(2025, 11, 24)),
        (3, date(2026, 3, 1)),
        (1, date(2025, 11, 23)),
    ):
        answer(someone, score, day=day)
    nps = figures(now).nps
    assert (round(nps.value, 6), nps.n) == (round(100 / 3, 6), 3)
    assert nps.low < nps.value < nps.high


def test_the_change_is_sure_only_when_it_cannot_be_luck(make_patient, now):
    someone = make_patient("Ann One")
    for _ in range(2):
        answer(someone, 3, day=date(2025, 6, 1))
        answer(someone, 10, day=date(2026, 6, 1))
    assert figures(now).nps.change == Change(200.0, sure=False)
    for number in range(40):
        answer(make_patient(f"Ann Number{number}"), 3, day=date(2025, 6, 1))
        answer(make_patient(f"Bo Number{number}"), 10, day=date(2026, 6, 1))
    assert figures(now).nps.change == Change(200.0, sure=True)


def test_without_answers_a_year_ago_there_is_no_change_to_tell(make_patient, now):
    answer(make_patient("Ann One"), 10, day=date(2026, 6, 1))
    assert figures(now).nps.change is None


def test_the_trend_holds_twelve_rolling_years_and_a_gap_where_nobody_answered(make_patient, now):
    someone = make_patient("Ann One")
    answer(someone, 10, day=date(2025, 2, 10))
    answer(someone, 0, day=date(2026, 4, 10))
    trend = figures(now).nps.trend
    assert [point.month for point in trend] == [
        date(2025, 12, 1),
        *(date(2026, month, 1) for month in range(1, 12)),
    ]
    # February 2025 is in the years that end with December 2025 and January 2026, April 2026 in those from then on.
    assert [point.value for point in trend] == [100.0, 100.0, None, None, *[-100.0] * 8]


def test_the_return_rate_is_the_newest_month_with_its_change(in_aurora, location, now):
    def month(day, value, low, high):
        Figure.objects.create(
            metric="return_rate_180", definition_version=1, month=day, numerator=value, denominator=100, n=100,
            value=value, low=low, high=high, patients=100, computed_at=now,
        )  # fmt: skip

    month(date(2025, 10, 1), 50, 40, 60)
    month(date(2026, 9, 1), 70, 61, 78)
    month(date(2026, 10, 1), 72, 63, 80)
    rate = figures(now).return_rate
    assert (rate.value, rate.low, rate.high, rate.n, rate.month) == (0.72, 0.63, 0.8, 100, date(2026, 10, 1))
    assert (round(rate.change.value, 6), rate.change.sure) == (0.22, True)


def test_feedback_counts_this_month_and_the_share_of_those_asked(make_patient, now):
    someone = make_patient("Ann One")
    answer(someone, 10, day=date(2026, 11, 1))
    answer(someone, 10, day=date(2026, 10, 31))
    for day, history in ((date(2026, 11, 5), False), (date(2026, 11, 6), True), (date(2026, 10, 5), False)):
        FeedbackRequest.objects.create(patient=someone, mode="kiosk", asked_at=noon(day), day=day, is_history=history)
    assert figures(now).feedback == FeedbackFigure(answers=1, asked=2, share=0.5, month=date(2026, 11, 1))


@pytest.fixture
def full_day(booked, completed, make_patient, now):
    """Twelve visits with memories, occasions and answers, twelve notes waiting."""
    for number in range(12):
        someone = make_patient(f"Ann Number{number}", birth=(1970, 11, 20 + number % 10), phones=["(503) 555-0148"])
        for part in ("remember", "say", "take_care"):
            Memory.objects.create(
                patient=someone, text=f"Told us {part}", source="told Maya", part=part, consented=True
            )
        earlier = completed(patient_id=someone.id, at=now - timedelta(days=100))
        record(visit_id=earlier.id, mode="staff", score=8, liked="Kind", better="Parking", now=now)
        booked(patient_id=someone.id, starts_at=now + timedelta(minutes=10 * number))


def test_a_full_day_takes_six_queries(full_day, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        page = today(now=now, clinical=True, feedback=True)
    assert len(page.visits) == 12
