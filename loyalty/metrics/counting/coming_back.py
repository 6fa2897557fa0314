"""Whether patients come back."""

from collections.abc import Iterator
from itertools import repeat

from loyalty.metrics.counting.counted import Counted, Series
from loyalty.metrics.definitions import RETENTION_DAYS, RETURN_DAYS, RETURNS
from loyalty.metrics.rolling import first_in_window, last_in_window
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


def returns(counted: Counted, within: int) -> Series:
    days, span = counted.days, counted.span
    slot, slot_before = (span.slots_of(day, look_ahead_days=within) for day in (days.day, days.day_before()))
    chosen = first_in_window(slot, slot_before, span)
    return counted.share_of(f"return_rate_{within}", chosen, repeat(counted.until_next <= within))


def _retention(counted: Counted) -> Series:
    """Of the last visit of each patient in the window: whether the next one came before the month was over."""
    days, span = counted.days, counted.span
    next_day = days.day + counted.until_next
    slot, slot_after = (span.slots_of(day, look_ahead_days=RETENTION_DAYS) for day in (days.day, next_day))
    comes_in = span.slots_of(next_day)

    in_window = last_in_window(slot, slot_after, span)
    retained = (comes_in < month + WINDOW_MONTHS for month in range(span.months))
    return counted.share_of("retention", in_window, retained)


def rebookings(counted: Counted) -> Series:
    days = counted.days
    rows = days.booking_recorded
    rebooked = days.rebooked(counted.records.visits)
    return counted.share("rebooking_rate", days.patient[rows], counted.span.slots_of(days.day)[rows], rebooked[rows])
