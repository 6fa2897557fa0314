"""The edges of every metric: none, one, few, same-day visits, the window's ends, other time zones, merged, deceased.

Each metric has one line that writes a single thing it counts, on a day and minute at a place, for a patient. All edges
are written with it, so that a metric without its line, or an edge that nobody thought of for it, fails.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loyalty.metrics.compute import compute
from loyalty.metrics.definition import Kind
from loyalty.metrics.definitions import DEFINITIONS, RELEASED
from loyalty.models import Referral
from tests.metrics.made import PLAIN, Made, undone
from tests.metrics.worked import OCTOBER, answers

# The visit that a thing follows begins so long before it: 45 minutes of treatment, and what is told after it.
VISIT, NOTE, ANSWER, REACHED = 45, 60, 1, 60
LATE_EVENING, AFTER_MIDNIGHT, NOON = 23 * 60 + 30, 30, 12 * 60
LOS_ANGELES, NEW_YORK = 0, 1


def visit(minutes_before=0, *, days_before=0, **changes):
    """Writes a visit that begins so long before the day and minute at which the metric counts it."""

    def write(made, day, minute=NOON, zone=LOS_ANGELES, patient=0):
        begins = minute - minutes_before
        day -= timedelta(days=days_before + (begins < 0))
        made.visit(PLAIN | {"patient": patient, "day": day, "minute": begins % (24 * 60), "zone": zone} | changes)

    return write


def answered(**given):
    return visit(VISIT + ANSWER, asks=answers(given))


def referred(made, day, minute=NOON, zone=LOS_ANGELES, patient=0):
    visit()(made, day, minute, zone, patient)
    if not Referral.objects.filter(patient=made.patients[patient]).exists():
        made.person(patient, referred_on=date(2020, 1, 1))


def invited(made, day, minute=NOON, zone=LOS_ANGELES, patient=0):
    made.review(date(2020, 1, 1))
    # Two days after the visit: noon comes before midnight, so that the visit's day decides.
    visit(days_before=2, invited="sent")(made, day, minute, zone, patient)


def scored(made, day, minute=NOON, zone=LOS_ANGELES, patient=0):
    visit()(made, day, minute, zone, patient)
    made.late(patient, day)
    made.scored(date(2026, 11, 30))


def occasion(made, day, minute=NOON, _zone=LOS_ANGELES, patient=0):
    made.occasion(day, patient=patient, minute=minute)


def review(made, day, _minute=NOON, _zone=LOS_ANGELES, patient=0):
    made.review(day, patient=patient)


def three_answers(made, day, minute=NOON, zone=LOS_ANGELES, patient=0):
    for back in (2, 1, 0):
        answered()(made, day - timedelta(days=back), minute, zone, patient)


ONE = {
    "active_patients": visit(),
    "new_patients": visit(),
    "visits": visit(),
    "no_show_rate": visit(status="no_show"),
    "return_rate_90": visit(),
    "return_rate_180": visit(),
    "return_rate_365": visit(),
    "first_return_rate_180": visit(),
    "retention": visit(),
    "rebooking_rate": visit(),
    "drifting_share": scored,
    "preview_coverage": visit(told_before=60),
    "promise_kept_rate": visit(VISIT, promises=[("yes", 0)]),
    "note_coverage": visit(note_after=NOTE),
    "note_hours": visit(VISIT + NOTE, note_after=NOTE),
    "occasion_coverage": occasion,
    "occasion_recorded": visit(),
    "recovery_hours": visit(VISIT + ANSWER + REACHED, asks=answers({"score": 2, "reached_after": REACHED // 60})),
    "recovery_rate": answered(score=2, closed_after=1),
    "experience_score": visit(brief=True),
    "review_rate": invited,
    "review_rating": review,
    "referral_rate": referred,
    "consistency": three_answers,
    "nps": answered(),
    "first_visit_nps": answered(),
    "perceived_value": answered(worth=5),
    "exclusive_share": answered(elsewhere="no"),
    "feedback_response_rate": answered(),
}

# Each of what is counted here counts, however many come on one day; of everything else the day counts once.
EACH_COUNTS = {
    "promise_kept_rate": "every promise is one",
    "occasion_coverage": "every occasion is one",
    "recovery_hours": "every unhappy answer is waited on",
    "review_rate": "every request is one",
    "review_rating": "every review is one",
}
NO_HOURS = {
    "occasion_coverage": "an occasion has a day, the same wherever the patient is treated",
    "review_rating": "a site tells the day, and no hour",
}
# All that a metric needs of one patient must be in the window: so many days before the one it counts.
DAYS_BEFORE = {"consistency": 2}


@pytest.fixture
def made(in_aurora):
    return Made()


def test_every_metric_has_its_edges():
    # Those apart by mode are the same counts of fewer rows.
    assert set(ONE) == {definition.key for definition in RELEASED}
    assert {*EACH_COUNTS, *NO_HOURS, *DAYS_BEFORE} <= set(ONE)


@pytest.mark.parametrize("key", ONE)
def test_edges(made, key):
    one, definition = ONE[key], DEFINITIONS[key]
    # The last day that October counts, and the first: the days look ahead until the window's ends.
    ahead = timedelta(days=definition.look_ahead_days)
    last, first = date(2026, 10, 31) - ahead, date(2025, 11, 1) - ahead + timedelta(days=DAYS_BEFORE.get(key, 0))

    def found():
        return compute(months=[OCTOBER])[OCTOBER].get(key)

    # None.
    assert found() is None

    with undone():  # One, on the last day; and the patient dies.
        one(made, last)
        alone = found()
        assert (alone.n, alone.patients) == (1, 1)
        assert alone.low < alone.high
        made.died(0)
        assert found() == alone

    # Few.
    assert alone.is_uncertain
    assert replace(alone, n=29).is_uncertain
    assert not replace(alone, n=30).is_uncertain

    with undone():  # Twice on one day.
        one(made, last, NOON)
        one(made, last, NOON + 5 * 60)
        assert found().n == (2 if key in EACH_COUNTS else 1)

    with undone():  # A day after the last, and a day before the first.
        one(made, last + timedelta(days=1))
        one(made, first - timedelta(days=1), patient=1)
        assert found() is None
        one(made, first, patient=2)
        assert found().n == 1

    if key not in NO_HOURS:
        with undone():  # Evening of the last day in the west: already the next day in New York, and in UTC.
            one(made, last, LATE_EVENING, LOS_ANGELES)
            assert found() == alone
        with undone():  # After midnight in the east: still the last day in Los Angeles.
            one(made, last + timedelta(days=1), AFTER_MIDNIGHT, NEW_YORK)
            assert found() is None

    with undone():  # Somebody who was merged is one with whom they were merged into.
        one(made, last - timedelta(days=7), patient=0)
        one(made, last, patient=4)
        assert found().patients == 1
        if definition.kind is Kind.PROPORTION_PATIENT:
            assert found().n == 1
