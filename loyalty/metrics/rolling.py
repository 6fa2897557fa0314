"""Rolling windows over what happened: for each month, sums over the patients of the twelve months that end with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from loyalty.metrics.columns import EPOCH, Flags, Ints, Numbers
from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.windows import WINDOW_MONTHS, Month


@dataclass(frozen=True)
class Span:
    """Consecutive months to compute, `first` to `last`; a *slot* numbers the months from eleven before `first` on.

    What happens in slot s counts in the windows of the months s - 11 to s of the span, counted from 0.
    """

    first: Month
    last: Month

    @classmethod
    def of(cls, months: Sequence[Month]) -> "Span":
        """Raises ValueError unless the months are consecutive and ascend."""
        if not months or any(month.shifted(1) != after for month, after in pairwise(months)):
            raise ValueError("Months to compute must be consecutive, oldest first.")
        return cls(months[0], months[-1])

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def slots(self) -> int:
        return self.months + WINDOW_MONTHS - 1

    def slots_of(self, day: Ints, *, look_ahead_days: int = 0) -> Ints:
        """The slot of each day's X-th day after it; -1 before the first slot, `slots` after the last."""
        begin, table = self._days
        return table.take(day + (look_ahead_days - begin), mode="clip")

    @cached_property
    def _days(self) -> tuple[int, Ints]:
        """The day before the first slot begins, and the slot of it and of each day after it, to one past the last."""
        starts = [(self.first.shifted(slot - WINDOW_MONTHS + 1).first - EPOCH).days for slot in range(self.slots + 1)]
        table = np.repeat(np.arange(self.slots, dtype=np.int64), np.diff(starts))
        return starts[0] - 1, np.concatenate([[-1], table, [self.slots]])


@dataclass(frozen=True, slots=True)
class Runs:
    """The months in which each row counts: from `first` to `last`, in none where that is before it."""

    first: Ints
    last: Ints

    def only(self, rows: Flags) -> "Runs":
        return Runs(self.first[rows], self.last[rows])

    def counted(self, span: Span) -> Ints:
        """How many rows count in each month."""
        first = np.minimum(np.maximum(self.first, 0), span.months)
        # A run that is over before it began ends where it began, and adds nothing.
        end = np.maximum(np.minimum(self.last + 1, span.months), first)
        marks = np.bincount(first, minlength=span.months + 1)
        marks -= np.bincount(end, minlength=span.months + 1)
        counted: Ints = np.cumsum(marks)[:-1]
        return counted


def first_in_window(slot: Ints, slot_before: Ints) -> Runs:
    """The months in whose window each visit is its patient's first.

    `slot_before`: of the patient's previous visit; below any slot where there is none.
    """
    return Runs(np.maximum(slot - WINDOW_MONTHS, slot_before) + 1, slot)


def last_in_window(slot: Ints, slot_after: Ints) -> Runs:
    """The months in whose window each row is its patient's last.

    `slot_after`: of the patient's next row; above any slot where there is none.
    """
    return Runs(slot - WINDOW_MONTHS + 1, np.minimum(slot, slot_after - WINDOW_MONTHS))


def rolling_count(slot: Ints, span: Span) -> Ints:
    """How many happened in the window of each month."""
    return Runs(slot - WINDOW_MONTHS + 1, slot).counted(span)


def rolling_patients(patient: Ints, slot: Ints, span: Span) -> list[int]:
    """Of how many patients something happened in the window of each month."""
    # Rows come nearly in this order, which a stable sort makes use of.
    order = np.argsort(patient * (span.slots + 2) + slot, kind="stable")
    who, when = patient[order], slot[order]
    after = np.full(when.size, span.slots, dtype=np.int64)
    after[:-1] = np.where(who[1:] == who[:-1], when[1:], span.slots)
    patients: list[int] = last_in_window(when, after).counted(span).tolist()
    return patients


def rolling_sums(patient: Ints, slot: Ints, y: Ints, span: Span) -> list[ClusterSums]:
    """One `ClusterSums` a month, of trials of `patient` in `slot` that scored `y`.

    Each trial enters the window in one month and leaves it in a later one. In the order of patients and months, the sum
    of all that entered less all that left is what the patient at hand has in the window: whoever is left with nothing
    is at 0. A month's sum of squares changes by what each entry and leaving changes.
    """
    inside = (slot >= 0) & (slot < span.slots)
    patient, slot = patient[inside], slot[inside]
    # What was scored and how many tried, as the two parts of one number, so that one pass serves both. Whole numbers in
    # floats are exact up to 2 to the 53rd.
    trial = np.empty(slot.size, dtype=np.complex128)
    trial.real, trial.imag = y[inside], 1
    key = patient * (span.months + 1)
    enters, leaves = np.maximum(slot - WINDOW_MONTHS + 1, 0), np.minimum(slot + 1, span.months)
    keys = np.concatenate([key + enters, key + leaves])
    # Rows come by patient and day, as a rule: then this merges two ascending halves, which a stable sort does at once.
    order = np.argsort(keys, kind="stable")
    month = keys[order] % (span.months + 1)
    held = np.cumsum(np.concatenate([trial, -trial])[order])
    total, trials = held.real, held.imag

    def changing(held: Numbers) -> Numbers:
        change = np.diff(held, prepend=0.0)
        by_month = np.bincount(month, weights=change, minlength=span.months + 1)
        return np.asarray(np.cumsum(by_month)[:-1], dtype=np.float64)

    gone = np.flatnonzero(trials == 0)
    # Who comes, does so after the one before is gone.
    come = np.concatenate([[0], gone[:-1] + 1])[: gone.size]
    in_window = (
        Runs(month[come], month[gone] - 1).counted(span),
        _windows(np.bincount(slot, weights=trial.real, minlength=span.slots)),
        _windows(np.bincount(slot, minlength=span.slots)),
        changing(total * total),
        changing(total * trials),
        changing(trials * trials),
    )
    return [
        ClusterSums(
            patients=patients,
            total=total,
            trials=trials,
            total_squared=squared,
            total_times_trials=products,
            trials_squared=trials_squared,
        )
        for patients, total, trials, squared, products, trials_squared in np.array(in_window, dtype=np.int64).T.tolist()
    ]


def _windows(of_slot: Ints | Numbers) -> Numbers:
    """Sums of each twelve neighbors."""
    summed = np.cumsum(np.concatenate([[0.0], of_slot]))
    return np.asarray(summed[WINDOW_MONTHS:] - summed[:-WINDOW_MONTHS], dtype=np.float64)
