"""Visit-days: all completed visits of one patient on one day count once."""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from loyalty.metrics.columns import NEVER, Flags, Ints, People, Visits
from loyalty.metrics.local_day import ends_of, second_of
from loyalty.metrics.rolling import Span
from loyalty.metrics.windows import WINDOW_MONTHS, day_starts

# Wider than any day or instant, so that patient * _WIDE + value sorts by patient, then by value.
_WIDE = 4 * NEVER


@dataclass(frozen=True)
class VisitDays:
    """Rows by patient, then day. location and ended are those of the day's last completed visit.

    live: not only imported history. booking_recorded: booking times were kept when it was made.
    visits: the positions of all its completed visits, row by row; begin: where each row begins among them.
    """

    patient: Ints
    day: Ints
    location: Ints
    ended: Ints
    live: Flags
    booking_recorded: Flags
    visits: Ints
    begin: Ints
    zones: tuple[ZoneInfo, ...]

    def only(self, rows: Flags) -> "VisitDays":
        """These rows alone. What is told from a row to the next is then told among them."""
        sizes = np.diff(np.append(self.begin, self.visits.size))
        return VisitDays(
            patient=self.patient[rows],
            day=self.day[rows],
            location=self.location[rows],
            ended=self.ended[rows],
            live=self.live[rows],
            booking_recorded=self.booking_recorded[rows],
            visits=self.visits[np.repeat(rows, sizes)],
            begin=np.cumsum(sizes[rows]) - sizes[rows],
            zones=self.zones,
        )

    @cached_property
    def is_first(self) -> Flags:
        """Whether the row is its patient's first."""
        first = np.ones(self.patient.size, dtype=np.bool_)
        first[1:] = self.patient[1:] != self.patient[:-1]
        return first

    @cached_property
    def row_of_visit(self) -> Ints:
        """The row of each of the completed visits, in the order of `visits`."""
        return np.repeat(np.arange(self.patient.size), np.diff(np.append(self.begin, self.visits.size)))

    @cached_property
    def day_end(self) -> Ints:
        """The second at which the day ends at its location."""
        end = np.zeros(self.day.size, dtype=np.int64)
        for number, zone in enumerate(self.zones):
            here = self.location == number
            day = self.day[here]
            if day.size:
                first, last = int(day.min()), int(day.max())
                end[here] = ends_of(zone, range(first, last + 1))[day - first]
        return end

    def any_of(self, flags: Flags) -> Flags:
        """Whether any visit of the row has the flag."""
        return _any(flags[self.visits], self.begin)

    def total_of(self, numbers: Ints) -> Ints:
        """The sum of the numbers of the row's visits."""
        counted = numbers[self.visits]
        return np.add.reduceat(counted, self.begin) if self.begin.size else counted[:0]

    def first_ever(self, people: People) -> Flags:
        """Whether the row is its patient's first visit of all we know, not only since the records begin."""
        since = np.full(int(people.patient.max(initial=0)) + 1, NEVER, dtype=np.int64)
        np.minimum.at(since, people.patient, people.since)
        return self.is_first & (since[self.patient] >= self.day)

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
        stop = np.full(start.size, -1, dtype=np.int64)
        # Whoever came stands in a row of the day, so it need not be searched for.
        stop[self.visits] = self.row_of_visit
        missed = np.flatnonzero(stop < 0)
        stop[missed] = np.searchsorted(days, base[missed] + visits.day[missed], side="left")
        undone = np.flatnonzero(visits.cancelled < NEVER)
        undone_at = np.searchsorted(ends, base[undone] + visits.cancelled[undone], side="right")
        stop[undone] = np.minimum(stop[undone], undone_at)
        runs = stop > start
        return self._in_any(start[runs], stop[runs])

    def within(self, patient: Ints, first: Ints, last: Ints) -> Flags:
        """Whether the row's day lies between the first and the last day of any of these runs of its patient."""
        days, base = self.patient * _WIDE + self.day, patient * _WIDE
        return self._in_any(np.searchsorted(days, base + first), np.searchsorted(days, base + last, side="right"))

    def _in_any(self, start: Ints, stop: Ints) -> Flags:
        """Whether the row lies in any of these runs of rows, each from its start up to its stop."""
        marks = np.bincount(start, minlength=self.patient.size + 1)
        marks -= np.bincount(stop, minlength=self.patient.size + 1)
        return np.cumsum(marks)[:-1] > 0

    def slots_of_instants(self, second: Ints, span: Span) -> Ints:
        """The slot of the month in which each row's `second` falls at the row's location."""
        slot = np.zeros(second.size, dtype=np.int64)
        firsts = [span.first.shifted(number - WINDOW_MONTHS + 1).first for number in range(span.slots + 1)]
        for number, zone in enumerate(self.zones):
            here = self.location == number
            starts = np.array([second_of(day_starts(first, zone)) for first in firsts], dtype=np.int64)
            slot[here] = np.searchsorted(starts, second[here], side="right") - 1
        return slot

    def row_at(self, patient: Ints, day: Ints) -> Ints:
        """The row of each patient and day; -1 where there is none."""
        if not self.patient.size:
            return np.full(patient.size, -1, dtype=np.int64)
        row = np.searchsorted(self.patient * _WIDE + self.day, patient * _WIDE + day)
        row = np.minimum(row, self.patient.size - 1)
        return np.where((self.patient[row] == patient) & (self.day[row] == day), row, -1)

    def note_seconds(self, row: Ints, done: Ints) -> Ints:
        """Seconds from the end of the visit to its note, 0 if it was written before; NEVER without one.

        row: of each note; -1 where the day is not among these. done: the second at which it was written, or NEVER.
        """
        seconds = np.full(self.patient.size, NEVER, dtype=np.int64)
        done, row = done[row >= 0], row[row >= 0]
        np.minimum.at(seconds, row, np.where(done < NEVER, np.maximum(done - self.ended[row], 0), NEVER))
        return seconds


def visit_days(visits: Visits, zones: tuple[ZoneInfo, ...]) -> VisitDays:
    """Merge the completed visits of each patient and day."""
    completed = np.flatnonzero(visits.completed)
    patient_day = visits.patient[completed] * _WIDE + visits.day[completed]
    ascending = np.argsort(patient_day)
    order, patient_day = completed[ascending], patient_day[ascending]
    starts = np.ones(order.size, dtype=np.bool_)
    starts[1:] = patient_day[1:] != patient_day[:-1]
    begin = np.flatnonzero(starts)
    # Few days have several visits: only these are sorted by their ends.
    several = ~starts
    several[:-1] |= ~starts[1:]
    order[several] = order[several][np.lexsort((visits.ended[order[several]], patient_day[several]))]
    patient, day = visits.patient[order], visits.day[order]
    last = np.append(begin[1:], order.size)[: begin.size] - 1
    return VisitDays(
        patient=patient[begin],
        day=day[begin],
        location=visits.location[order][last],
        ended=visits.ended[order][last],
        live=_any(~visits.history[order], begin),
        booking_recorded=_any(visits.booking_recorded[order], begin),
        visits=order,
        begin=begin,
        zones=zones,
    )


def _any(flags: Flags, begin: Ints) -> Flags:
    return np.logical_or.reduceat(flags, begin) if begin.size else flags[:0]
