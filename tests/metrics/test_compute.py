"""The fast way equals counting by hand, on practices that hypothesis makes up."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty.metrics import figure
from loyalty.metrics.compute import compute
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
VISITS = st.fixed_dictionaries(
    {
        "patient": st.integers(0, 4),
        "zone": st.integers(0, 1),
        "day": DAYS,
        "minute": MINUTES,
        "status": st.sampled_from(["completed"] * 5 + ["booked", "cancelled", "no_show"]),
        "is_history": st.booleans(),
        "booked_days_before": st.none() | st.integers(0, 90),
        "cancelled_days_before": st.integers(0, 30),
        "note_after": st.none() | st.integers(-60, 60 * 24 * 40),
        "note_state": st.sampled_from(["done", "done", "done", "planned", "skipped"]),
        "note_channel": st.sampled_from(["card", "card", "letter", "email"]),
        "asks": st.lists(
            st.fixed_dictionaries(
                {
                    "mode": st.sampled_from(["kiosk", "link", "staff"]),
                    "after": st.integers(0, 5),
                    "history": st.booleans(),
                    "named": st.booleans(),
                    "answer_after": st.none() | st.integers(0, 17),
                    "score": st.integers(0, 10),
                }
            ),
            max_size=2,
            unique_by=lambda ask: ask["mode"],
        ),
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(VISITS, max_size=25))
def test_the_fast_way_equals_counting_by_hand(in_aurora, drawn):
    with undone():
        made = Made()
        for visit in drawn:
            made.visit(visit)
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
                if sums is not None and DEFINITIONS[key].kind == "proportion_visit_clustered":
                    assert found == figure.visit_share(DEFINITIONS[key], sums)


def test_every_definition_is_computed(in_aurora):
    made = Made()
    asked = [ASK | {"mode": mode, "answer_after": 0} for mode in ("kiosk", "link")]
    for patient in range(5):
        made.visit(PLAIN | {"patient": patient, "day": date(2026, 1, 10 + patient), "note_after": 120, "asks": asked})
    assert compute(months=MONTHS)[Month(2026, 10)].keys() == DEFINITIONS.keys()


def test_without_records_every_metric_is_absent(in_aurora):
    assert compute(months=MONTHS) == {month: {} for month in MONTHS}
    assert compute(months=[]) == {}


def test_months_that_are_not_consecutive_are_refused(in_aurora):
    with pytest.raises(ValueError, match="must be consecutive"):
        compute(months=[Month(2026, 8), Month(2026, 10)])
