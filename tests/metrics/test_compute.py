"""The fast way equals counting by hand, on practices that hypothesis makes up."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from loyalty.metrics import figure
from loyalty.metrics.compute import compute
from loyalty.metrics.definition import Kind
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.windows import Month
from tests.metrics.by_hand import ByHand
from tests.metrics.made import ASK, PLAIN, Made, undone

MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10)]
FIRST, LAST = date(2025, 2, 20), date(2026, 11, 10)
# Days around which windows begin and end, so that hypothesis does not have to find them.
EDGES = [
    date(2025, 9, 1), date(2025, 11, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2025, 3, 5),
    date(2026, 3, 5), date(2026, 5, 5), date(2026, 10, 18), date(2026, 10, 30), date(2025, 11, 2), date(2026, 3, 8),
]  # fmt: skip

DAYS = st.one_of(
    st.dates(FIRST, LAST), st.builds(lambda day, by: day + timedelta(by), st.sampled_from(EDGES), st.integers(-2, 2))
)
MINUTES = st.integers(0, 24 * 60 - 1)
ASKS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["kiosk", "link", "staff"]),
        "after": st.integers(0, 5),
        "history": st.booleans(),
        "named": st.sampled_from([True, True, True, False]),
        "answer_after": st.none() | st.integers(0, 17),
        "score": st.sampled_from([*range(11), 9, 9, 10, 10, 10]),
        "worth": st.none() | st.integers(1, 5),
        "elsewhere": st.sampled_from(["", "no", "no", "sometimes", "mostly"]),
        "reached_after": st.none() | st.integers(-5, 1000),
        "closed_after": st.none() | st.integers(1, 1000),
        "recovered": st.booleans(),
    }
)
VISITS = st.fixed_dictionaries(
    {
        "patient": st.integers(0, 4),
        "zone": st.integers(0, 1),
        "day": DAYS,
        "minute": MINUTES,
        "status": st.sampled_from(["completed"] * 6 + ["booked", "cancelled", "no_show", "no_show"]),
        "source": st.sampled_from(["booked", "booked", "walk_in"]),
        "is_history": st.sampled_from([False, False, True]),
        "booked_days_before": st.none() | st.integers(0, 90),
        "cancelled_days_before": st.integers(0, 30),
        "seen_after": st.none() | st.integers(-4, 25),
        "brief": st.booleans(),
        "told_before": st.none() | st.integers(-90, 60 * 72),
        "note_after": st.none() | st.integers(-60, 60 * 24 * 40),
        "note_state": st.sampled_from(["done", "done", "done", "planned", "skipped", "held"]),
        "note_channel": st.sampled_from(["card", "card", "letter", "email"]),
        "asks": st.lists(ASKS, max_size=2, unique_by=lambda ask: ask["mode"]),
        "promises": st.lists(st.tuples(st.sampled_from(["yes", "partly", "no"]), st.integers(0, 20)), max_size=2),
        "invited": st.sampled_from([None, "sent", "failed"]),
    }
)
PEOPLE = st.fixed_dictionaries(
    {"birthday": st.booleans(), "since": st.none() | DAYS, "referred_on": st.none() | st.sampled_from(EDGES)}
)
LOTS = st.fixed_dictionaries(
    {
        "patient": st.integers(0, 4),
        "kind": st.sampled_from(["note", "note", "preview", "occasion"]),
        "day": DAYS,
        "days": st.integers(31, 500),
        "stopped_after": st.none() | st.integers(0, 400),
        "is_held": st.sampled_from([True, True, False]),
    }
)
OTHERS = st.fixed_dictionaries(
    {
        "people": st.lists(PEOPLE, max_size=5),
        "lots": st.lists(LOTS, max_size=5),
        "died": st.lists(st.integers(0, 4), max_size=2),
        "reviews": st.lists(
            st.tuples(DAYS, st.none() | st.integers(1, 5), st.none() | st.integers(0, 4)), max_size=4
        ),
        "late": st.dictionaries(st.integers(0, 4), DAYS),
        "scored": st.none() | st.tuples(st.sampled_from(EDGES) | st.dates(date(2026, 10, 30), LAST), st.booleans()),
        "occasions": st.lists(
            st.tuples(
                DAYS, st.integers(0, 4), st.sampled_from(["done", "done", "planned", "cancelled"]),
                st.integers(-2, 2), MINUTES,
            ),
            max_size=4,
        ),
    }
)  # fmt: skip


@settings(
    max_examples=30,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(VISITS, max_size=14), OTHERS)
def test_the_fast_way_equals_counting_by_hand(in_aurora, visits, others):
    with undone():
        made = Made()
        for visit in visits:
            made.visit(visit)
        for patient, person in enumerate(others["people"]):
            made.person(patient, **person)
        for day, rating, patient in others["reviews"]:
            made.review(day, rating=rating, patient=patient)
        for day, patient, state, days_before, minute in others["occasions"]:
            made.occasion(day, patient=patient, state=state, days_before=days_before, minute=minute)
        for patient, late_from in others["late"].items():
            made.late(patient, late_from)
        if others["scored"]:
            made.scored(others["scored"][0], fitted=others["scored"][1])
        for lot in others["lots"]:
            made.held_out(**lot)
        for patient in others["died"]:
            # What they did and said stands: no definition knows of it.
            made.died(patient)
        check_that_both_ways_agree()


def check_that_both_ways_agree():
    fast, by_hand = compute(months=MONTHS), ByHand()
    for month in MONTHS:
        expected = by_hand.figures(month)
        assert fast[month].keys() == expected.keys()
        for key, (value, numerator, denominator, n, patients, sums) in expected.items():
            found = fast[month][key]
            assert found.value == pytest.approx(value, abs=1e-9), key
            assert (found.numerator, found.denominator, found.n, found.patients) == (
                numerator,
                denominator,
                n,
                patients,
            ), key
            match DEFINITIONS[key].kind:
                case Kind.PROPORTION_VISIT:
                    assert found == figure.visit_share(DEFINITIONS[key], sums)
                case Kind.MEAN:
                    assert found == figure.mean(DEFINITIONS[key], sums)


def test_every_definition_is_computed(in_aurora):
    made = Made()
    asked = [
        ASK | {"mode": mode, "answer_after": 0, "score": 3, "worth": 4, "elsewhere": "no", "reached_after": 3}
        for mode in ("kiosk", "link")
    ]
    for patient in range(4):
        visit = PLAIN | {"patient": patient, "note_after": 120, "asks": asked, "told_before": 90, "brief": True}
        for day in (date(2026, 1, 10 + patient), date(2026, 2, 10), date(2026, 3, 10)):
            made.visit(visit | {"day": day, "promises": [("yes", 0)], "invited": "sent"})
        made.person(patient, birthday=True, referred_on=date(2026, 1, 1))
    made.occasion(date(2026, 5, 4))
    made.review(date(2026, 1, 1))
    # A window that ends in October holds the first visits for the one-year return rate only if they are older.
    made.visit(PLAIN | {"day": date(2025, 5, 1), "patient": 3})
    made.scored(date(2026, 11, 1))
    october = Month(2026, 10)
    assert compute(months=[october])[october].keys() == DEFINITIONS.keys()
    check_that_both_ways_agree()


def test_without_records_every_metric_is_absent(in_aurora):
    assert compute(months=MONTHS) == {month: {} for month in MONTHS}
    assert compute(months=[]) == {}


def test_months_that_are_not_consecutive_are_refused(in_aurora):
    with pytest.raises(ValueError, match="must be consecutive"):
        compute(months=[Month(2026, 8), Month(2026, 10)])


@pytest.mark.parametrize(("kind", "metric"), [("note", "note_coverage"), ("preview", "preview_coverage")])
@pytest.mark.parametrize(("is_held", "stopped_after", "patients"), [(True, None, 1), (True, 5, 2), (False, None, 2)])
def test_those_held_out_are_in_no_coverage_until_their_hold_out_is_over(
    in_aurora, kind, metric, is_held, stopped_after, patients
):
    made = Made()
    for patient in range(2):
        made.visit(PLAIN | {"patient": patient, "day": date(2026, 9, 10), "note_after": 60, "told_before": 90})
    made.held_out(1, kind=kind, day=date(2026, 9, 1), days=60, stopped_after=stopped_after, is_held=is_held)
    september = Month(2026, 9)
    assert compute(months=[september])[september][metric].n == patients
    check_that_both_ways_agree()
