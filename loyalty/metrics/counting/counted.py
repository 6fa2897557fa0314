"""What the counting of every metric begins with."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from loyalty.metrics import figure
from loyalty.metrics.columns import Flags, Ints, Records
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure
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
        records = replace(self.records, asks=asks.only(chosen[self.visit_of_ask]))
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
        # By month, so that what is in a window stands together.
        by_slot = np.argsort(slot)
        hours, begin = seconds[by_slot] / HOUR, np.searchsorted(slot[by_slot], np.arange(self.span.slots + 1))
        return definition, [
            figure.median(definition, np.sort(hours[start:stop]), patients=patients)
            for start, stop, patients in zip(
                begin[:-WINDOW_MONTHS].tolist(),
                begin[WINDOW_MONTHS:].tolist(),
                rolling_patients(patient, slot, self.span),
                strict=True,
            )
        ]
