"""What the counting of every metric begins with."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.columns import Flags, Ints
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
from loyalty.metrics.records import Records
from loyalty.metrics.rolling import Runs, Span, rolling_count, rolling_patients, rolling_sums
from loyalty.metrics.visit_days import VisitDays
from loyalty.metrics.windows import WINDOW_MONTHS

# A definition, and its figures of each month of the span; None where it is absent.
Series = tuple[Definition, list[Figure | None]]

HOUR = 3600


@dataclass(frozen=True)
class Counted:
    """The visit-days, everything that was recorded, and the months to count."""

    days: VisitDays
    records: Records
    span: Span

    @cached_property
    def first_ever(self) -> Flags:
        return self.days.first_ever(self.records.people)

    @cached_property
    def until_next(self) -> Ints:
        return self.days.days_until_next()

    def visit_of(self, keys: Ints) -> Ints:
        """The position of each visit by its key; -1 where it is not among the records."""
        return self.records.by_key.position(keys)

    @cached_property
    def visit_of_ask(self) -> Ints:
        return self.visit_of(self.records.asks.visit)

    @cached_property
    def visit_of_preview(self) -> Ints:
        return self.visit_of(self.records.previews.visit)

    @cached_property
    def row_of_note(self) -> Ints:
        """The visit-day that each note thanks for; -1 where it is not among them."""
        return self.days.row_at(self.records.notes.patient, self.records.notes.day)

    @cached_property
    def thanked_on_paper(self) -> Ints:
        """Seconds from each visit-day to its note written by hand; NEVER without one."""
        notes = self.records.notes
        return self.days.note_seconds(self.row_of_note[notes.on_paper], notes.done[notes.on_paper])

    def visits_at(self, positions: Ints) -> Flags:
        """Which visits are at any of the positions that `visit_of` found."""
        found = np.zeros(self.records.visits.key.size + 1, dtype=np.bool_)
        found[positions] = True
        return found[:-1]

    def only(self, rows: Flags) -> "Counted":
        """What is about the visit-days `rows` alone; a return still counts wherever it leads to."""
        asks = self.records.asks
        chosen = np.zeros(self.records.visits.key.size + 1, dtype=np.bool_)
        chosen[self.days.visits] = rows[self.days.row_of_visit]
        records = self.records.with_asks(asks.only(chosen[self.visit_of_ask]))
        part = Counted(days=self.days.only(rows), records=records, span=self.span)
        # Known from all visits, not from these: set where the cached properties would put them.
        part.__dict__.update(first_ever=self.first_ever[rows], until_next=self.until_next[rows])
        return part

    def share(self, key: str, patient: Ints, slot: Ints, y: Flags) -> Series:
        """How many of the rows did it, patients repeating."""
        definition = DEFINITIONS[key]
        sums = rolling_sums(patient, slot, y.astype(np.int64), self.span)
        return definition, [figure.visit_share(definition, s) for s in sums]

    def share_of_patients(self, key: str, slot: Ints, y: Flags) -> Series:
        """How many of the rows did it, each patient in one row at most."""
        definition = DEFINITIONS[key]
        did, all_ = rolling_count(slot[y], self.span).tolist(), rolling_count(slot, self.span).tolist()
        pairs = zip(did, all_, strict=True)
        return definition, [figure.patient_share(definition, successes=y, patients=n) for y, n in pairs]

    def share_of(self, key: str, chosen: Runs, did: Runs) -> Series:
        """How many of the rows that count in a month did it, each patient in one row of a month at most."""
        definition = DEFINITIONS[key]
        pairs = zip(did.counted(self.span).tolist(), chosen.counted(self.span).tolist(), strict=True)
        return definition, [figure.patient_share(definition, successes=y, patients=n) for y, n in pairs]

    def median_hours(self, key: str, patient: Ints, slot: Ints, seconds: Ints) -> Series:
        """The median of what is in the window of each month, in hours."""
        definition = DEFINITIONS[key]
        # Sorted once: what is in a window is picked out in the same order.
        ascending = np.argsort(seconds)
        # A slot is a small number: of so many bytes an eighth is compared.
        hours, when = seconds[ascending] / HOUR, slot[ascending].astype(np.int16)
        return definition, [
            figure.median(definition, hours[(when >= month) & (when < month + WINDOW_MONTHS)], patients=patients)
            for month, patients in enumerate(rolling_patients(patient, slot, self.span))
        ]
