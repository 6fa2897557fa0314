"""Rule by rule: what counts in a figure, what does not, and exactly where the line is."""

from datetime import date, timedelta

import pytest

from loyalty.metrics.compute import compute
from loyalty.metrics.windows import Month
from tests.metrics.made import ASK, PLAIN, Made

OCTOBER = Month(2026, 10)


@pytest.fixture
def visits(in_aurora):
    """Writes visits, each PLAIN with changes."""
    made = Made()

    def write(*changes):
        for change in changes:
            made.visit(PLAIN | change)

    return write


def october(key):
    """(numerator, denominator) of the figure of October 2026, None where it is absent."""
    figure = compute(months=[OCTOBER])[OCTOBER].get(key)
    return figure and (figure.numerator, figure.denominator)


def test_same_day_visits_of_one_patient_count_once(visits):
    day = date(2026, 10, 5)
    visits({"day": day, "minute": 540}, {"day": day, "minute": 900}, {"day": day, "patient": 1})
    assert october("visits") == (2, 2)


def test_merged_patients_are_one(visits):
    # The fifth patient was merged into the first.
    visits({"day": date(2026, 10, 5)}, {"day": date(2026, 10, 6), "patient": 4})
    assert october("active_patients") == (1, 1)


@pytest.mark.parametrize("status", ["booked", "confirmed", "arrived", "no_show", "cancelled"])
def test_only_completed_visits_are_visits(visits, status):
    visits({"day": date(2026, 10, 5)}, {"day": date(2026, 10, 6), "status": status})
    assert october("visits") == (1, 1)


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2025, 10, 31), 0), (date(2025, 11, 1), 1), (date(2026, 10, 31), 1), (date(2026, 11, 1), 0)],
)
def test_the_window_is_the_twelve_months_that_end_with_the_month(visits, day, counts):
    visits({"day": date(2026, 1, 1), "patient": 1}, {"day": day})
    assert october("visits") == (1 + counts, 1 + counts)


def test_a_late_visit_belongs_to_the_day_at_its_location(visits):
    # 21:30 on October 31 in Los Angeles is November 1 in New York and in UTC.
    visits({"day": date(2026, 10, 31), "minute": 21 * 60 + 30, "zone": 0})
    assert october("visits") == (1, 1)


@pytest.mark.parametrize(("days", "returned"), [(1, 1), (179, 1), (180, 1), (181, 0)])
def test_a_return_on_the_180th_day_counts_and_on_the_181st_does_not(visits, days, returned):
    first = date(2026, 3, 1)
    visits({"day": first}, {"day": first + timedelta(days=days)})
    assert october("return_rate_180") == (returned, 1)


def test_only_the_first_visit_of_the_window_is_followed(visits):
    # Back 30 days after the second visit, but 190 days after the first.
    visits({"day": date(2025, 10, 1)}, {"day": date(2026, 4, 9)}, {"day": date(2026, 5, 1)})
    assert october("return_rate_180") == (0, 1)


@pytest.mark.parametrize(("day", "counts"), [(date(2026, 5, 4), True), (date(2026, 5, 5), False)])
def test_whom_180_days_are_not_over_for_is_not_counted_yet(visits, day, counts):
    # October 31 is the 180th day after May 4.
    visits({"day": day})
    assert october("return_rate_180") == ((0, 1) if counts else None)


def test_coming_back_on_the_same_day_is_no_return(visits):
    visits({"day": date(2026, 3, 1), "minute": 540}, {"day": date(2026, 3, 1), "minute": 1000})
    assert october("return_rate_180") == (0, 1)


NEXT = {"day": date(2026, 11, 20), "status": "booked", "minute": 600}


@pytest.mark.parametrize(
    ("later", "rebooked"),
    [
        (NEXT | {"booked_days_before": 46}, 1),  # booked on the day of the visit, after it
        (NEXT | {"booked_days_before": 45}, 0),  # booked the day after
        (NEXT | {"booked_days_before": 80}, 1),  # long before
        (NEXT | {"booked_days_before": 80, "status": "cancelled", "cancelled_days_before": 46}, 0),  # the same day
        (NEXT | {"booked_days_before": 80, "status": "cancelled", "cancelled_days_before": 45}, 1),  # the day after
        (NEXT | {"booked_days_before": 80, "patient": 1}, 0),  # somebody else's
        (NEXT | {"booked_days_before": 46, "day": date(2026, 10, 5), "minute": 1200}, 0),  # later the same day
    ],
)
def test_leaving_with_a_next_visit(visits, later, rebooked):
    # November 20 is 46 days after October 5.
    visits({"day": date(2026, 10, 5)}, later)
    assert october("rebooking_rate") == (rebooked, 1)


def test_imported_visits_without_booking_times_say_nothing_about_rebooking(visits):
    visits(
        {"day": date(2026, 9, 1), "is_history": True, "booked_days_before": None},
        {"day": date(2026, 10, 5), "is_history": True, "booked_days_before": None},
    )
    assert october("visits") == (2, 1)
    assert october("rebooking_rate") is None


def test_imported_visits_with_booking_times_do(visits):
    visits(
        {"day": date(2026, 9, 1), "is_history": True},
        {"day": date(2026, 9, 6), "is_history": True, "booked_days_before": 5},
    )
    assert october("rebooking_rate") == (1, 2)


HOURS = 60


@pytest.mark.parametrize(
    ("note", "thanked"),
    [
        ({"note_after": 48 * HOURS}, 1),
        ({"note_after": 48 * HOURS + 1}, 0),
        ({"note_after": -30}, 1),
        ({"note_after": 60, "note_channel": "letter"}, 1),
        ({"note_after": 60, "note_channel": "email"}, 0),
        ({"note_after": 60, "note_state": "planned"}, 0),
        ({"note_after": 60, "note_state": "skipped"}, 0),
    ],
)
def test_thanked_by_hand_within_48_hours(visits, note, thanked):
    visits({"day": date(2026, 10, 5)} | note)
    assert october("note_coverage") == (thanked, 1)


def test_the_48_hours_run_from_the_last_visit_of_the_day(visits):
    day = date(2026, 10, 5)
    visits({"day": day, "minute": 540, "note_after": 50 * HOURS}, {"day": day, "minute": 540 + 4 * HOURS})
    assert october("note_coverage") == (1, 1)


def test_imported_history_has_no_note_coverage(visits):
    visits({"day": date(2026, 10, 5), "is_history": True})
    assert october("note_coverage") is None


def test_a_practice_that_keeps_no_notes_has_no_note_coverage(visits):
    visits({"day": date(2026, 10, 5)})
    assert october("note_coverage") is None
    assert october("note_hours") is None


def test_visits_before_the_first_note_was_planned_do_not_count_against_it(visits):
    visits(
        {"day": date(2026, 9, 30)},
        {"day": date(2026, 10, 1), "note_after": 90, "patient": 1},
        {"day": date(2026, 10, 2), "patient": 2},
    )
    assert october("note_coverage") == (1, 2)


@pytest.mark.parametrize(("day", "counts"), [(date(2026, 10, 29), True), (date(2026, 10, 30), False)])
def test_a_visit_whose_48_hours_end_after_the_month_counts_in_the_next(visits, day, counts):
    visits({"day": day, "note_after": 60})
    assert october("note_coverage") == ((1, 1) if counts else None)


def test_note_hours_are_the_median_of_notes_written_in_the_window(visits):
    for patient, hours in enumerate((2, 30, 100)):
        visits({"day": date(2026, 10, 5), "patient": patient, "note_after": hours * HOURS})
    visits({"day": date(2026, 10, 30), "patient": 3, "note_after": 72 * HOURS})  # written in November
    assert compute(months=[OCTOBER])[OCTOBER]["note_hours"].value == 30
    assert october("note_hours") == (3, 3)


@pytest.mark.parametrize(
    ("asks", "answered"),
    [
        ([ASK], 0),
        ([ASK | {"answer_after": 0}], 1),
        ([ASK | {"mode": "link", "answer_after": 14}], 1),
        ([ASK | {"mode": "link", "answer_after": 15}], 0),
        ([ASK, ASK | {"mode": "link", "after": 1, "answer_after": 2}], 1),  # tablet passed over, link answered
        ([ASK, ASK | {"mode": "link", "after": 1, "answer_after": 14}], 0),  # 15 days after the tablet
    ],
)
def test_answered_within_14_days_of_being_asked_first(visits, asks, answered):
    visits({"day": date(2026, 10, 5), "asks": asks})
    assert october("feedback_response_rate") == (answered, 1)


@pytest.mark.parametrize("ask", [{"mode": "staff"}, {"history": True}])
def test_where_nobody_kept_who_did_not_answer_there_is_no_response_rate(visits, ask):
    visits({"day": date(2026, 10, 5), "asks": [ASK | {"answer_after": 0} | ask]})
    assert october("feedback_response_rate") is None
    assert october("nps") == (1, 1)


@pytest.mark.parametrize(("score", "side"), [(10, 1), (9, 1), (8, 0), (7, 0), (6, -1), (0, -1)])
def test_promoters_answer_9_or_10_and_detractors_0_to_6(visits, score, side):
    visits({"day": date(2026, 10, 5), "asks": [ASK | {"answer_after": 0, "score": score}]})
    assert october("nps") == (side, 1)


def test_of_two_answers_on_one_day_the_later_counts(visits):
    day = date(2026, 10, 5)
    visits(
        {"day": day, "minute": 540, "asks": [ASK | {"answer_after": 0, "score": 3}]},
        {"day": day, "minute": 900, "asks": [ASK | {"answer_after": 0, "score": 10}]},
    )
    assert october("nps") == (1, 1)


def test_answers_by_tablet_and_by_link_are_counted_apart_and_together(visits):
    visits(
        {"day": date(2026, 10, 5), "asks": [ASK | {"answer_after": 0, "score": 10}]},
        {"day": date(2026, 10, 6), "asks": [ASK | {"mode": "link", "answer_after": 0, "score": 2}]},
    )
    assert [october(key) for key in ("nps", "nps_kiosk", "nps_link")] == [(0, 2), (1, 1), (-1, 1)]
    assert [october(f"feedback_response_rate{apart}") for apart in ("", "_kiosk", "_link")] == [(2, 2), (1, 1), (1, 1)]
