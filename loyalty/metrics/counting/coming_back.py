"""Whether patients come back."""

from collections.abc import Iterator

import numpy as np

from loyalty.metrics.columns import NEVER
from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.definitions import RETENTION_DAYS, RETURN_DAYS, RETURNS
from loyalty.metrics.rolling import Runs, first_in_window, last_in_window
from loyalty.metrics.windows import WINDOW_MONTHS


def coming_back(counted: Counted) -> Iterator[Series]:
    for within in RETURNS:
        yield returns(counted, within)
    days, span = counted.days, counted.span
    first = counted.first_ever
    slot = span.slots_of(days.day[first], look_ahead_days=RETURN_DAYS)
    returned = counted.until_next[first] <= RETURN_DAYS
    yield counted.share_of_patients(f"first_return_rate_{RETURN_DAYS}", slot, returned)
    yield _retention(counted)
    yield rebookings(counted)
    yield _drifting(counted)


def returns(counted: Counted, within: int) -> Series:
    days, span = counted.days, counted.span
    slot, slot_before = (span.slots_of(day, look_ahead_days=within) for day in (days.day, days.day_before()))
    chosen = first_in_window(slot, slot_before)
    return counted.share_of(f"return_rate_{within}", chosen, chosen.only(counted.until_next <= within))


def _retention(counted: Counted) -> Series:
    """Of the last visit of each patient in the window: whether the next one came before the month was over."""
    days, span = counted.days, counted.span
    next_day = days.day + counted.until_next
    slot, slot_after = (span.slots_of(day, look_ahead_days=RETENTION_DAYS) for day in (days.day, next_day))
    comes_in = span.slots_of(next_day)

    in_window = last_in_window(slot, slot_after)
    retained = Runs(np.maximum(in_window.first, comes_in - WINDOW_MONTHS + 1), in_window.last)
    return counted.share_of("retention", in_window, retained)


def _drifting(counted: Counted) -> Series:
    """Absent for months that were not over when the model last read the visits."""
    days, people, span = counted.days, counted.records.people, counted.span
    late_from = np.full(int(people.patient.max(initial=0)) + 1, NEVER, dtype=np.int64)
    np.minimum.at(late_from, people.patient, people.late_from)
    active = first_in_window(span.slots_of(days.day), span.slots_of(days.day_before()))
    late = span.slots_of(late_from[days.patient])
    drifting = Runs(np.maximum(active.first, late - WINDOW_MONTHS + 1), active.last)
    definition, figures = counted.share_of("drifting_share", active, drifting)
    months_read = int(span.slots_of(np.array([counted.records.scored_on + 1]))[0]) - WINDOW_MONTHS + 1
    return definition, [figure if month < months_read else None for month, figure in enumerate(figures)]


def rebookings(counted: Counted) -> Series:
    days = counted.days
    rows = days.booking_recorded
    rebooked = days.rebooked(counted.records.visits)
    return counted.share("rebooking_rate", days.patient[rows], counted.span.slots_of(days.day)[rows], rebooked[rows])
