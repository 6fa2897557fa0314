"""The journey of a visit and its experience score: what counts, what does not, and what is missing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.ids import uuid7
from loyalty.patients.partial_date import PartialDate
from loyalty.visits.facts import NoteFact, VisitFacts
from loyalty.visits.journey import journey_of, waited

TEN = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # ten in the morning in Los Angeles
OVER = TEN + timedelta(hours=1)
LATER = OVER + timedelta(days=3)

WHOLE = VisitFacts(
    id=uuid7(),
    status="completed",
    starts_at=TEN,
    day=date(2026, 11, 23),
    arrived_at=TEN - timedelta(minutes=5),
    time_zone="America/Los_Angeles",
    service="Chemical peel",
    staff="Dr. Sato",
    patient_id=uuid7(),
    name="Marguerite Ellison",
    birth=PartialDate(),
    source="booked",
    booked_at=TEN - timedelta(days=9),
    seen_at=TEN + timedelta(minutes=10),
    brief_read_at=TEN - timedelta(minutes=30),
    completed_at=OVER,
    left_feedback=True,
    asked=True,
    preview="done",
    told_at=TEN - timedelta(days=2),
    note=NoteFact("done", OVER + timedelta(hours=48)),
    promises=("You will be done by noon.",),
    answers=("yes",),
)


def state(facts, key, now=LATER):
    return next(step.state for step in journey_of(facts, now=now).steps if step.key == key)


def test_a_visit_with_everything_done_scores_a_hundred():
    journey = journey_of(WHOLE, now=LATER)
    assert (journey.score, journey.done, journey.of, journey.open, journey.missing) == (100, 6, 6, 0, ())


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("preview", {"preview": "planned", "told_at": None}),
        ("brief", {"brief_read_at": None}),
        ("seen", {"seen_at": TEN + timedelta(minutes=10, seconds=1)}),
        ("promises", {"answers": ("partly",)}),
        ("asked", {"asked": False, "left_feedback": False}),
        ("note", {"note": NoteFact("done", OVER + timedelta(hours=48, seconds=1))}),
        ("note", {"note": NoteFact("skipped", OVER)}),
        ("note", {"note": NoteFact("planned", None)}),
    ],
)
def test_each_of_the_six_can_be_missing(key, changed):
    facts = replace(WHOLE, **changed)
    assert state(facts, key) == "missing"
    journey = journey_of(facts, now=LATER)
    assert (journey.score, len(journey.missing)) == (83, 1)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("preview", {"source": "walk_in", "arrived_at": TEN, "preview": "", "told_at": None}),
        ("seen", {"arrived_at": None}),
        ("promises", {"answers": ("",)}),
        ("note", {"note": None}),
        ("note", {"note": NoteFact("held", None)}),
    ],
)
def test_what_does_not_apply_is_left_out_and_not_counted(key, changed):
    facts = replace(WHOLE, **changed)
    assert state(facts, key) == "left_out"
    journey = journey_of(facts, now=LATER)
    assert (journey.score, journey.of) == (100, 5)


def test_a_visit_without_promises_has_no_such_step():
    journey = journey_of(replace(WHOLE, promises=(), answers=()), now=LATER)
    assert (journey.score, journey.of) == (100, 5)


def test_whoever_is_over_is_asked_until_their_day_ends_on_the_wall():
    not_asked = replace(WHOLE, asked=False, left_feedback=False)
    midnight = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # in Los Angeles
    assert state(not_asked, "asked", now=OVER) == "ahead"
    assert state(not_asked, "asked", now=midnight - timedelta(seconds=1)) == "ahead"
    assert state(not_asked, "asked", now=midnight) == "missing"


def test_until_its_48_hours_are_over_the_note_is_ahead_and_not_missing():
    waiting = replace(WHOLE, note=NoteFact("planned", None))
    assert state(waiting, "note", now=OVER + timedelta(hours=48)) == "ahead"
    assert state(waiting, "note", now=OVER + timedelta(hours=48, seconds=1)) == "missing"
    assert journey_of(waiting, now=OVER).open == 1


@pytest.mark.parametrize("status", ["booked", "confirmed", "arrived", "no_show", "cancelled"])
def test_what_is_not_over_has_no_score(status):
    assert journey_of(replace(WHOLE, status=status), now=OVER).score is None


def test_history_has_no_score():
    assert journey_of(replace(WHOLE, is_history=True), now=LATER).score is None


def test_a_first_visit_that_began_with_an_inquiry_says_when_it_was_called():
    asked = TEN - timedelta(days=20)
    called = journey_of(replace(WHOLE, inquired_at=asked, first_called_at=asked + timedelta(hours=1)), now=LATER)
    assert called.steps[0].detail == "First call November 3, 11:00 am"
    assert state(replace(WHOLE, inquired_at=asked), "inquiry") == "missing"


class TestWaiting:
    def test_who_comes_early_waits_from_the_time_that_was_agreed(self):
        assert waited(WHOLE, now=LATER) == timedelta(minutes=10)

    def test_who_comes_late_waits_from_coming(self):
        late = replace(WHOLE, arrived_at=TEN + timedelta(minutes=8))
        assert waited(late, now=LATER) == timedelta(minutes=2)

    def test_a_walk_in_waits_from_coming(self):
        early = replace(WHOLE, source="walk_in", arrived_at=TEN - timedelta(minutes=5))
        assert waited(early, now=LATER) == timedelta(minutes=15)

    def test_it_runs_until_somebody_is_called_in(self):
        here = replace(WHOLE, status="arrived", seen_at=None)
        assert waited(here, now=TEN + timedelta(minutes=3)) == timedelta(minutes=3)

    def test_where_nobody_noted_it_there_is_no_waiting_time(self):
        assert waited(replace(WHOLE, seen_at=None), now=LATER) is None
        assert waited(replace(WHOLE, arrived_at=None), now=LATER) is None


def test_what_a_lot_withholds_on_purpose_is_no_missing_step():
    held = replace(WHOLE, preview="", told_at=None, note=None, held_out=("preview", "note"))
    journey = journey_of(held, now=LATER)
    assert (journey.score, journey.done, journey.of, journey.missing) == (100, 4, 4, ())
    why = {step.key: step.detail for step in journey.steps if step.state == "left_out"}
    assert why == {"preview": "Held out on purpose, by lot", "note": "Held out on purpose, by lot"}
    # Whoever was told all the same was told.
    assert state(replace(held, preview="done", told_at=TEN - timedelta(days=1)), "preview") == "done"
