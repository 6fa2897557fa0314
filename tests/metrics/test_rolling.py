"""Sums of rolling windows, against adding up by hand."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.metrics.columns import EPOCH
from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.rolling import (
    Runs,
    Span,
    first_in_window,
    last_in_window,
    rolling_count,
    rolling_patients,
    rolling_sums,
)
from loyalty.metrics.windows import Month, window

SPAN = Span(Month(2026, 8), Month(2026, 10))
MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10)]
PATIENTS = st.sampled_from([1, 2, 3, 24_583])
TRIALS = st.lists(st.tuples(PATIENTS, st.integers(-2, SPAN.slots + 2), st.integers(-1, 1)), max_size=60)


def columns(rows, width):
    return [np.array([row[place] for row in rows], dtype=np.int64) for place in range(width)]


@given(TRIALS)
def test_each_month_sums_its_twelve_slots_by_patient(trials):
    found = rolling_sums(*columns(trials, 3), SPAN)
    for month, sums in enumerate(found):
        by_patient = {}
        for patient, slot, y in trials:
            if month <= slot <= month + 11:
                total, number = by_patient.get(patient, (0, 0))
                by_patient[patient] = total + y, number + 1
        assert sums == ClusterSums.of(by_patient.values())


@given(st.lists(st.integers(-3, SPAN.slots + 3), max_size=60))
def test_each_month_counts_its_twelve_slots(slots):
    found = rolling_count(np.array(slots, dtype=np.int64), SPAN)
    assert found.tolist() == [sum(month <= slot <= month + 11 for slot in slots) for month in range(3)]


@given(st.dates(date(2025, 6, 1), date(2026, 12, 31)), st.integers(0, 200))
def test_a_day_is_in_the_window_of_a_month_exactly_when_its_slot_is(day, ahead):
    slot = SPAN.slots_of(np.array([(day - EPOCH).days]), look_ahead_days=ahead)[0]
    for number, month in enumerate(MONTHS):
        assert (number <= slot <= number + 11) == (day + timedelta(days=ahead) in window(month))


@given(st.lists(st.integers(-3, SPAN.slots + 3), max_size=12).map(sorted))
def test_the_first_visit_in_a_window_is_the_earliest_one_and_the_last_the_latest(slots):
    own = np.array(slots, dtype=np.int64)
    before = np.array([-1000, *slots[:-1]], dtype=np.int64)[: len(slots)]
    after = np.array([*slots[1:], 1000], dtype=np.int64)[: len(slots)]
    first, last = first_in_window(own, before), last_in_window(own, after)
    for month in range(SPAN.months):
        inside = [place for place, slot in enumerate(slots) if month <= slot <= month + 11]
        assert counting(first, month) == inside[:1]
        assert counting(last, month) == inside[-1:]


def counting(runs, month):
    return np.flatnonzero((runs.first <= month) & (month <= runs.last)).tolist()


@given(st.lists(st.tuples(st.integers(-3, 4), st.integers(-3, 4)), max_size=12))
def test_a_row_counts_in_each_month_of_its_run(runs):
    first, last = columns(runs, 2)
    expected = [sum(first <= month <= last for first, last in runs) for month in range(SPAN.months)]
    assert Runs(first, last).counted(SPAN).tolist() == expected


@given(TRIALS)
def test_a_patient_counts_once_in_each_month(trials):
    patient, slot, _ = columns(trials, 3)
    expected = [len({who for who, when, _ in trials if month <= when <= month + 11}) for month in range(3)]
    assert rolling_patients(patient, np.clip(slot, -1, SPAN.slots), SPAN) == expected


@pytest.mark.parametrize("months", [[], [Month(2026, 8), Month(2026, 10)], [Month(2026, 9), Month(2026, 8)]])
def test_months_with_gaps_are_refused(months):
    with pytest.raises(ValueError, match="must be consecutive"):
        Span.of(months)


def test_a_span_over_a_new_year_counts_its_months():
    span = Span.of([Month(2025, 12), Month(2026, 1), Month(2026, 2)])
    assert (span.months, span.slots) == (3, 14)
