"""Visit-days: all completed visits of one patient on one day count once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from loyalty.metrics.records import EPOCH, NEVER, Flags, Ints, Notes, Visits
from loyalty.metrics.rolling import Span
from loyalty.metrics.windows import WINDOW_MONTHS, day_starts

_EPOCH_INSTANT = datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=UTC)
# Wider than any day or instant, so that patient * _WIDE + value sorts by patient, then by value.
_WIDE = 4 * NEVER


@dataclass(frozen=True)
class VisitDays:
    """Rows by patient, then day. location and ended are those of the day's last completed visit.

    live: not only imported history. booking_recorded: booking times were kept when it was made.
    """

    patient: Ints
    day: Ints
    location: Ints
    ended: Ints
    live: Flags
    booking_recorded: Flags
    zones: tuple[ZoneInfo, ...]

    @cached_property
    def is_first(self) -> Flags:
        """Whether the row is its patient's first."""
        first = np.ones(self.patient.size, dtype=np.bool_)
        first[1:] = self.patient[1:] != self.patient[:-1]
        return first

    @cached_property
    def day_end(self) -> Ints:
        """The second at which the day ends at its location."""
        place_day = self.location * _WIDE + self.day + NEVER
        distinct, position = np.unique(place_day, return_inverse=True)
        ends = [_second_after(self.zones[key // _WIDE], key % _WIDE - NEVER) for key in distinct.tolist()]
        return np.array(ends, dtype=np.int64)[position]

    def days_until_next(self) -> Ints:
        """Days until the patient's next visit-day; NEVER after the last one."""
        gap = np.full(self.patient.size, NEVER, dtype=np.int64)
        gap[:-1] = np.where(self.is_first[1:], NEVER, self.day[1:] - self.day[:-1])
        return gap

    def day_before(self) -> Ints:
        """The patient's previous visit-day; long before EPOCH where there is none."""
        before = np.full(self.patient.size, -100_000, dtype=np.int64)
        before[1:] = np.where(self.is_first[1:], -100_000, self.day[:-1])
        return before

    def rebooked(self, visits: Visits) -> Flags:
        """Whether the patient had a later appointment at the end of the day.

        An appointment that was booked at b, cancelled at c (or never) and made for day v speaks for each visit-day
        of its patient that ended after b and not after c and is before v: one run of rows, because rows of
        a patient ascend in time. So each appointment marks where its run starts and ends.
        """
        ends, days = self.patient * _WIDE + self.day_end, self.patient * _WIDE + self.day
        base = visits.patient * _WIDE
        start = np.searchsorted(ends, base + visits.booked, side="right")
        stop = np.minimum(
            np.searchsorted(ends, base + visits.cancelled, side="right"),
            np.searchsorted(days, base + visits.day, side="left"),
        )
        runs = stop > start
        marks = np.bincount(start[runs], minlength=self.patient.size + 1)
        marks -= np.bincount(stop[runs], minlength=self.patient.size + 1)
        return np.cumsum(marks)[:-1] > 0

    def slots_of_instants(self, second: Ints, span: Span) -> Ints:
        """The slot of the month in which each row's `second` falls at the row's location."""
        slot = np.zeros(second.size, dtype=np.int64)
        firsts = [span.first.shifted(number - WINDOW_MONTHS + 1).first for number in range(span.slots + 1)]
        for number, zone in enumerate(self.zones):
            here = self.location == number
            starts = np.array([_second(day_starts(first, zone)) for first in firsts], dtype=np.int64)
            slot[here] = np.searchsorted(starts, second[here], side="right") - 1
        return slot

    def note_seconds(self, notes: Notes) -> Ints:
        """Seconds from the end of the visit to its note, 0 if it was written before; NEVER without a note."""
        seconds = np.full(self.patient.size, NEVER, dtype=np.int64)
        row = np.searchsorted(self.patient * _WIDE + self.day, notes.patient * _WIDE + notes.day)
        row = np.minimum(row, max(self.patient.size - 1, 0))
        if self.patient.size:
            matches = (self.patient[row] == notes.patient) & (self.day[row] == notes.day)
            np.minimum.at(seconds, row[matches], np.maximum(notes.done[matches] - self.ended[row[matches]], 0))
        return seconds


def visit_days(visits: Visits, zones: tuple[ZoneInfo, ...]) -> VisitDays:
    """Merge the completed visits of each patient and day."""
    completed = np.flatnonzero(visits.completed)
    order = completed[np.lexsort((visits.ended[completed], visits.day[completed], visits.patient[completed]))]
    patient, day = visits.patient[order], visits.day[order]
    starts = np.ones(order.size, dtype=np.bool_)
    starts[1:] = (patient[1:] != patient[:-1]) | (day[1:] != day[:-1])
    begin = np.flatnonzero(starts)
    last = np.append(begin[1:], order.size)[: begin.size] - 1
    return VisitDays(
        patient=patient[begin],
        day=day[begin],
        location=visits.location[order][last],
        ended=visits.ended[order][last],
        live=_any(~visits.history[order], begin),
        booking_recorded=_any(visits.booking_recorded[order], begin),
        zones=zones,
    )


def _any(flags: Flags, begin: Ints) -> Flags:
    return np.logical_or.reduceat(flags, begin) if begin.size else flags[:0]


# A worker computes practice after practice, and most are in the same few time zones.
@lru_cache(maxsize=65_536)
def _second_after(zone: ZoneInfo, day: int) -> int:
    return _second(day_starts(date.fromordinal(EPOCH.toordinal() + day + 1), zone))


def _second(instant: datetime) -> int:
    return (instant - _EPOCH_INSTANT) // timedelta(seconds=1)
