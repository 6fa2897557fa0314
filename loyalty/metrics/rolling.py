"""Rolling windows over what happened: for each month, sums over the patients of the twelve months that end with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from loyalty.metrics.columns import EPOCH, Flags, Ints, Numbers
from loyalty.metrics.intervals import ClusterSums
from loyalty.metrics.windows import WINDOW_MONTHS, Month

# Patients are summed in blocks, so that memory does not grow with the practice.
BLOCK = 8192
# So few rows that it pays to number their patients anew, and leave the others out.
SPARSE = 1024


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
        return table[np.clip(day + (look_ahead_days - begin), 0, table.size - 1)]

    @cached_property
    def _days(self) -> tuple[int, Ints]:
        """The day before the first slot begins, and the slot of it and of each day after it, to one past the last."""
        starts = [(self.first.shifted(slot - WINDOW_MONTHS + 1).first - EPOCH).days for slot in range(self.slots + 1)]
        table = np.repeat(np.arange(self.slots, dtype=np.int64), np.diff(starts))
        return starts[0] - 1, np.concatenate([[-1], table, [self.slots]])


def rolling_sums(patient: Ints, slot: Ints, y: Ints, span: Span) -> list[ClusterSums]:
    """One `ClusterSums` a month, of trials of `patient` in `slot` that scored `y`."""
    inside = (slot >= 0) & (slot < span.slots)
    patient, slot, y = patient[inside], slot[inside], y[inside]
    if patient.size < SPARSE:
        patient = np.unique(patient, return_inverse=True)[1]
    # Whole numbers in floats: exact up to 2 to the 53rd, and much faster to multiply and add than integers.
    sums = np.zeros((6, span.months))
    for of_block, start, count in _blocks(patient):
        cell = slot[of_block] * count + patient[of_block] - start
        size = span.slots * count
        counted = np.asarray(np.bincount(cell, minlength=size), dtype=np.float64)
        scored = np.asarray(np.bincount(cell, weights=y[of_block], minlength=size), dtype=np.float64)
        trials = _rolled(counted.reshape(span.slots, count))
        totals = _rolled(scored.reshape(span.slots, count))
        sums += [
            np.count_nonzero(trials, axis=1),
            totals.sum(axis=1),
            trials.sum(axis=1),
            np.einsum("ij,ij->i", totals, totals),
            np.einsum("ij,ij->i", totals, trials),
            np.einsum("ij,ij->i", trials, trials),
        ]
    return [
        ClusterSums(
            patients=patients,
            total=total,
            trials=trials,
            total_squared=squared,
            total_times_trials=products,
            trials_squared=trials_squared,
        )
        for patients, total, trials, squared, products, trials_squared in sums.T.astype(np.int64).tolist()
    ]


def rolling_count(slot: Ints, span: Span) -> Ints:
    """How many happened in the window of each month."""
    inside = slot[(slot >= 0) & (slot < span.slots)]
    counted = np.asarray(np.bincount(inside, minlength=span.slots), dtype=np.float64)
    return _rolled(counted).astype(np.int64)


def first_in_window(slot: Ints, slot_before: Ints, span: Span) -> Iterator[Flags]:
    """For each month, which visits are their patient's first in its window.

    `slot_before`: of the patient's previous visit; below any slot where there is none.
    """
    for month in range(span.months):
        yield (slot >= month) & (slot < month + WINDOW_MONTHS) & (slot_before < month)


def last_in_window(slot: Ints, slot_after: Ints, span: Span) -> Iterator[Flags]:
    """For each month, which rows are their patient's last in its window.

    `slot_after`: of the patient's next row; above any slot where there is none.
    """
    for month in range(span.months):
        end = month + WINDOW_MONTHS
        yield (slot >= month) & (slot < end) & (slot_after >= end)


def _rolled(cells: Numbers) -> Numbers:
    """Sums of twelve neighbors along the first axis: of four, of eight, of both."""
    two = cells[:-1] + cells[1:]
    four = two[:-2] + two[2:]
    eight = four[:-4] + four[4:]
    rolled: Numbers = eight[:-4] + four[8:]
    return rolled


def _blocks(patient: Ints) -> Iterator[tuple[Flags | slice, int, int]]:
    """Which rows belong to a block of patients, the block's first patient and its size."""
    if not patient.size:
        return
    lowest, highest = int(patient.min()), int(patient.max())
    if highest - lowest < BLOCK:
        yield slice(None), lowest, highest - lowest + 1
        return
    for start in range(lowest, highest + 1, BLOCK):
        yield (patient >= start) & (patient < start + BLOCK), start, BLOCK
