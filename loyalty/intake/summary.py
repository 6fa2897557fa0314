"""What an import did, in numbers that add up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loyalty.intake.fhir.tally import Tally
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.practice import Loaded

# The types that become visits.
VISITS = ("Encounter", "Appointment")


@dataclass(slots=True)
class ImportSummary:
    """same_day: visits that fall on a day on which the same patient of the same practice is counted already.

    A patient of several practices is one patient read, and one row in each practice.
    passed_over: names of files and folders that were not read. report: the error report, None where there is none.
    """

    tally: Tally
    loaded: Loaded = field(default_factory=Loaded)
    practices: int = 0
    practices_opened: int = 0
    same_day: int = 0
    passed_over: tuple[str, ...] = ()
    report: Path | None = None
    report_lines: int = 0

    def lines(self) -> Iterator[str]:
        """The summary in words."""
        opened = f", {self.practices_opened:,} of them opened now" if self.practices_opened else ""
        yield f"Practices: {self.practices:,}{opened}."
        yield self._row("Patient", "Patients")
        yield f"Patient records: {_changes(self.loaded.patients)}."
        for kind in VISITS:
            if kind in self.tally.of:
                yield self._row(kind, f"{kind}s")
        yield f"Visits: {_changes(self.loaded.visits)}."
        yield f"Same day: {self.same_day:,} visits fall on a day on which their patient is counted already."
        for kind in ("Procedure", "Practitioner", "Organization", "Location"):
            if kind in self.tally.of:
                yield self._row(kind, f"{kind}s")
        yield f"Staff added: {self.loaded.staff_added:,}. Services added: {self.loaded.services_added:,}."
        if self.tally.passed_over:
            others = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.tally.passed_over.items()))
            yield f"Other resources, not imported: {others}."
        if self.passed_over:
            yield f"Not read: {', '.join(self.passed_over)}."
        if self.tally.unreadable:
            yield f"Unreadable lines, entries and files: {self.tally.unreadable:,}."
        if self.tally.remarks:
            yield f"Rows with a remark: {self.tally.remarks:,} remarks; these rows landed."
        yield f"Error report: {self.report} ({self.report_lines:,} lines)." if self.report else "Nothing to report."

    def _row(self, kind: str, name: str) -> str:
        count = self.tally.count(kind)
        parts = [
            f"{count.landing:,} used",
            f"{count.repeated:,} repeated" if count.repeated else "",
            f"{count.merged:,} told by an encounter" if count.merged else "",
            f"{count.skipped:,} skipped" if count.skipped else "",
            f"{count.refused:,} refused" if count.refused else "",
        ]
        return f"{name}: {count.read:,} read = {' + '.join(part for part in parts if part)}."


def _changes(changes: Changes) -> str:
    return (
        f"{changes.total:,} = {changes.new:,} imported + {changes.changed:,} changed + {changes.unchanged:,} unchanged"
    )
