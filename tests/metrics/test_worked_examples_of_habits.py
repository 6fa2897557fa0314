"""What the team does, counted by hand: a dozen rows, and the figure that follows from them."""

from datetime import date, timedelta

import pytest

from tests.metrics.made import ASK, Made
from tests.metrics.worked import DAY, answers, october, write


@pytest.fixture
def made(in_aurora):
    return Made()


def test_preview_coverage(made):
    write(
        made,
        {"patient": 0, "day": date(2026, 9, 1)},  # before the practice made previews
        {"patient": 0, "day": DAY, "told_before": 48 * 60},
        {"patient": 1, "day": DAY, "told_before": 0},  # as the visit began
        {"patient": 2, "day": DAY},
        {"patient": 3, "day": DAY, "minute": 540},  # twice on one day, told before the second
        {"patient": 3, "day": DAY, "minute": 900, "told_before": 60},
        {"patient": 3, "day": DAY + timedelta(days=1), "is_history": True},
    )
    assert october("preview_coverage") == (50.0, 2, 4)


def test_rebooking_rate(made):
    ahead = {"day": date(2026, 11, 20), "status": "booked"}  # 46 days after October 5
    for patient in range(4):
        write(made, {"day": DAY, "patient": patient})
    write(
        made,
        ahead | {"booked_days_before": 80},
        ahead | {"patient": 1, "booked_days_before": 45},  # booked the day after they left
        ahead | {"patient": 2, "booked_days_before": 80, "status": "cancelled", "cancelled_days_before": 46},
    )
    assert october("rebooking_rate") == (25.0, 1, 4)


def test_note_coverage_and_hours(made):
    for patient, hours in enumerate((2, 48, 50)):
        write(made, {"day": DAY, "patient": patient, "note_after": hours * 60})
    write(made, {"day": DAY, "patient": 3, "note_after": 60, "note_channel": "email"})  # not by hand
    write(made, {"day": date(2026, 10, 30), "note_after": 60})  # its 48 hours end in November
    assert october("note_coverage") == (50.0, 2, 4)
    # The note of October 30 was written in October: 1, 2, 48 and 50 hours.
    assert october("note_hours") == (25.0, 4, 4)


def test_feedback_response_rate(made):
    for patient, after in enumerate((0, None, 14, 15)):
        write(made, {"day": DAY, "patient": patient, "asks": [ASK | {"answer_after": after}]})
    write(made, {"day": date(2026, 10, 18), "asks": [ASK | {"answer_after": 0}]})  # its 14 days end in November
    assert october("feedback_response_rate") == (50.0, 2, 4)


def test_visits(made):
    write(
        made,
        {"day": DAY}, {"day": DAY, "minute": 900},  # twice on one day
        {"day": DAY + timedelta(days=1)}, {"day": DAY, "patient": 1},
        {"day": DAY, "patient": 2, "status": "no_show"},
        {"day": date(2025, 11, 1), "patient": 2},  # the first day of the window
        {"day": date(2025, 10, 31), "patient": 3},
        {"day": date(2026, 10, 31), "minute": 23 * 60 + 30, "patient": 3},  # October in Los Angeles
    )  # fmt: skip
    assert october("visits") == (5.0, 5, 4)


def test_promise_kept_rate_counts_by_the_day_of_the_answer(made):
    write(
        made,
        {"day": date(2025, 10, 31), "promises": [("yes", 0)]},  # answered before the window
        {"day": date(2025, 10, 31), "minute": 900, "promises": [("yes", 1), ("no", 2)]},
        {"day": DAY, "patient": 1, "promises": [("partly", 0)]},
        {"day": date(2026, 10, 31), "patient": 1, "minute": 1380, "zone": 0, "promises": [("yes", 0)]},
    )
    # 45 minutes after 11 pm on October 31 in Los Angeles is October still.
    assert october("promise_kept_rate") == (50.0, 2, 4)


def test_occasion_coverage(made):
    made.occasion(DAY)
    made.occasion(DAY, patient=1, days_before=-1)  # the day after
    made.occasion(DAY, patient=2, state="skipped")
    made.occasion(DAY, patient=3, state="cancelled")
    made.occasion(date(2026, 11, 1), patient=2, days_before=1)
    made.occasion(DAY + timedelta(days=1), patient=2, minute=24 * 60 - 1)  # a minute before midnight
    assert october("occasion_coverage") == (50.0, 2, 4)


def test_occasion_recorded(made):
    write(made, *({"patient": patient, "day": DAY} for patient in (0, 1, 2, 4)))
    made.person(1, birthday=True)
    made.person(3, birthday=True)  # did not visit
    made.person(4, birthday=True)  # merged into the first, whose own record counts
    assert october("occasion_recorded") == (33.3, 1, 3)


def test_drifting_share(made):
    last = date(2026, 10, 31)
    for patient, day, late_from in (
        (0, DAY, None),
        (4, DAY, last),  # merged into the first
        (1, DAY, last + timedelta(days=1)),
        (2, date(2025, 11, 1), DAY),  # the first day of the window
        (3, date(2025, 10, 31), DAY),  # no longer active
    ):
        write(made, {"patient": patient, "day": day})
        if late_from:
            made.late(patient, late_from)
    made.scored(last)
    assert october("drifting_share") == (66.7, 2, 3)


@pytest.mark.parametrize("scored", [None, (date(2026, 10, 30), True), (date(2026, 10, 31), False)])
def test_drifting_is_absent_unless_a_model_has_read_the_whole_month(made, scored):
    write(made, {"patient": 0, "day": DAY})
    made.late(0, date(2026, 10, 20))
    if scored:
        made.scored(scored[0], fitted=scored[1])
    assert october("drifting_share") is None


def test_recovery_hours(made):
    for patient, hours in enumerate((2, 30, 100, None)):
        write(made, {"patient": patient, "day": DAY, "asks": answers({"score": 2, "reached_after": hours})})
    # Heard from on November 1.
    write(made, {"patient": 3, "day": date(2026, 10, 30), "asks": answers({"score": 2, "reached_after": 48})})
    assert october("recovery_hours") == (30.0, 3, 3)


def test_recovery_rate(made):
    day = date(2026, 10, 1)  # October 31 is the 30th day after
    for patient, closed, good in ((0, 24, True), (1, 24, False), (2, None, True), (3, 31 * 24, True)):
        asks = answers({"score": 6, "closed_after": closed, "recovered": good})
        write(made, {"patient": patient, "day": day, "asks": asks})
    write(made, {"day": date(2026, 10, 2), "asks": answers({"score": 0, "closed_after": 1})})
    write(made, {"day": date(2026, 9, 2), "asks": answers({"score": 7})})
    assert october("recovery_rate") == (25.0, 1, 4)


def test_experience_score(made):
    day = date(2026, 10, 17)
    everything = {"told_before": 60, "brief": True, "seen_after": 10, "note_after": 60, "asks": [ASK]}
    write(made, everything | {"day": day, "promises": [("yes", 0)]})  # 6 of 6
    write(made, everything | {"day": day, "patient": 1, "seen_after": 11, "asks": []})  # 3 of 5
    write(made, {"day": day, "patient": 2, "source": "walk_in"})  # 0 of 2: brief and asking; no note was due
    write(made, everything | {"day": day, "patient": 3, "promises": [("yes", 15), ("no", 15)]})  # answered too late
    write(made, {"day": date(2026, 10, 18), "patient": 3})  # not yet 14 days ago
    assert october("experience_score") == (65.0, 260, 4)


def test_a_preview_that_is_held_out_is_no_missing_step_of_the_experience_score(made):
    day = date(2026, 10, 17)
    steps = {"brief": True, "seen_after": 10, "note_after": 60}  # 3 of 5: no preview, not asked
    write(made, steps | {"day": day}, steps | {"day": day, "patient": 1})
    write(made, {"day": date(2026, 9, 1), "patient": 2, "told_before": 60})  # previews are made
    made.held_out(1, kind="preview", day=date(2026, 9, 1), days=60)
    # 60 for the first, 75 of four steps for the one held out; the third visit came before briefs were read.
    figure = october("experience_score")
    assert figure == (67.5, 135, 2)
