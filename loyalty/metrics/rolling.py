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

    The square of a patient's sum is the square of each trial, and twice the product of each two. Two trials are in one
    window with all that lie between them, so what pairs add is gathered by the slot of the earlier one and the months
    to the later one, and summed over the windows that hold both. Whoever has some trials in a window has one pair of
    neighbors less: trials without pairs of neighbors count the patients.

    Work grows with the pairs: few of a patient's trials are in one window, because what counts does so once a day.
    """
    inside = (slot >= 0) & (slot < span.slots)
    if not inside.all():
        patient, slot, y = patient[inside], slot[inside], y[inside]
    # No patient's slots come near those of the next one.
    key = patient * (span.slots + WINDOW_MONTHS) + slot
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        key, slot, y = key[order], slot[order], y[order]
    score, trials = y.astype(np.float64), slot * WINDOW_MONTHS
    neighbors, earlier, later = _pairs(key)
    pairs = trials[earlier] + (key[later] - key[earlier])
    first, second = score[earlier], score[later]
    sums = (
        (trials, None),
        (trials, score),
        (trials, score * score),
        (pairs[:neighbors], None),
        (pairs, None),
        (pairs, first + second),
        (pairs, first * second),
    )
    alone, total, squared, next_ones, both, totals, products = _held(
        [np.bincount(cells, weights=weights, minlength=span.slots * WINDOW_MONTHS) for cells, weights in sums], span
    )
    of_month = [alone - next_ones, total, alone, squared + 2 * products, total + totals, alone + 2 * both]
    return [
        ClusterSums(
            patients=patients,
            total=total,
            trials=trials,
            total_squared=squared,
            total_times_trials=products,
            trials_squared=trials_squared,
        )
        for patients, total, trials, squared, products, trials_squared in np.array(of_month, dtype=np.int64).T.tolist()
    ]


def _pairs(key: Ints) -> tuple[int, Ints, Ints]:
    """All pairs of rows whose keys, which ascend, are less than WINDOW_MONTHS apart: the earlier and the later row.

    How many of them are of neighbors comes first, and so do these.
    """
    earlier, away = np.arange(max(key.size - 1, 0)), 1
    found = []
    while earlier.size:
        earlier = earlier[key[earlier + away] - key[earlier] < WINDOW_MONTHS]
        found.append((earlier, earlier + away))
        away += 1
        if earlier.size and earlier[-1] + away == key.size:
            earlier = earlier[:-1]
    if not found:
        return 0, earlier, earlier
    earlier, later = (np.concatenate(rows) for rows in zip(*found, strict=True))
    return found[0][0].size, earlier, later


def _held(cells: Sequence[Ints | Numbers], span: Span) -> Numbers:
    """Sums of each month: of the cells of a slot and a number of months after it that both lie in its window.

    cells: for each sum, `span.slots` times WINDOW_MONTHS numbers. Whole numbers in floats are exact up to 2 to the
    53rd.
    """
    until = np.zeros((len(cells), span.slots + 1, WINDOW_MONTHS))
    np.cumsum(np.reshape(cells, (len(cells), span.slots, WINDOW_MONTHS)), axis=1, out=until[:, 1:])
    month, after = np.arange(span.months)[:, np.newaxis], np.arange(WINDOW_MONTHS)
    ends = (month + WINDOW_MONTHS - after) * WINDOW_MONTHS + after
    held = until.reshape(len(cells), -1)[:, ends].sum(axis=2) - until[:, : span.months].sum(axis=2)
    return np.asarray(held, dtype=np.float64)
