"""Counts what became of every resource, so that the numbers add up."""

from collections import Counter
from dataclasses import dataclass, field

from loyalty.intake.fhir.errors import Outcome, RowError
from loyalty.intake.fhir.resources import Report


@dataclass(slots=True)
class Count:
    """What became of the resources of one type: read = landing + repeated + merged + skipped + refused.

    landing: goes on to the loader. repeated: the same row again. merged: an appointment that its encounter tells.
    skipped: its source says not to use it. refused: it cannot be used. The last two are in the error report.
    """

    read: int = 0
    repeated: int = 0
    merged: int = 0
    skipped: int = 0
    refused: int = 0

    @property
    def landing(self) -> int:
        return self.read - self.repeated - self.merged - self.skipped - self.refused


@dataclass(slots=True)
class Tally:
    """of: a Count per type that is read. passed_over: resources of other types. unreadable: parts that are no resource.

    remarks: rows that land without a field.
    """

    sink: Report
    of: dict[str, Count] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    remarks: int = 0

    def count(self, kind: str) -> Count:
        return self.of.setdefault(kind, Count())

    def report(self, error: RowError) -> None:
        """Counts the error and passes it on to the report."""
        if error.outcome is Outcome.KEPT:
            self.remarks += 1
        elif not error.resource_type:
            self.unreadable += 1
        elif error.outcome is Outcome.SKIPPED:
            self.count(error.resource_type).skipped += 1
        else:
            self.count(error.resource_type).refused += 1
        self.sink(error)
