"""A file of patients, or of visits: read row by row, assessed or loaded batch by batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from core.sheets.cells.dates import MONTH_FIRST
from core.sheets.cells.faults import Report
from loyalty.intake.bundles.table import BundleTable
from loyalty.intake.loading.changes import Changes
from loyalty.intake.sheets.cells.patient_row import PatientReader
from loyalty.intake.sheets.cells.visit_row import VisitReader
from loyalty.intake.sheets.loading.assess import assess_patients, assess_visits
from loyalty.intake.sheets.loading.patients import load_patients
from loyalty.intake.sheets.loading.places import places_of
from loyalty.intake.sheets.loading.seen import Seen
from loyalty.intake.sheets.loading.visits import load_visits
from loyalty.models import Import, ImportKind

# Somebody born today is born today everywhere, whatever the server's clock says of the date.
_FURTHEST_EAST = timedelta(hours=14)


class Table(Protocol):
    def read(self, row: int, cells: Any, report: Report) -> Any: ...

    def assess(self, rows: Sequence[Any], *, seen: Seen, report: Report) -> Changes: ...

    def load(self, rows: Sequence[Any], *, at: datetime, report: Report) -> Changes: ...


def table_of(of: Import, *, now: datetime) -> Table:
    """Raises DomainError where the practice has no location to put visits at."""
    if of.kind == ImportKind.BUNDLE:
        return BundleTable(of, now=now)
    order = of.date_order or MONTH_FIRST
    if of.kind == ImportKind.PATIENTS:
        today = (now + _FURTHEST_EAST).date()
        return _Patients(of, PatientReader(of.header, of.mapping, order=order, today=today))
    places = places_of(of)
    reader = VisitReader(of.header, of.mapping, order=order, sites=places.by_name, main=places.main, now=now)
    return _Visits(of, reader, now)


@dataclass(frozen=True, slots=True)
class _Patients:
    of: Import
    reader: PatientReader

    def read(self, row: int, cells: Sequence[str], report: Report) -> Any:
        return self.reader.read(row, cells, report)

    def assess(self, rows: Sequence[Any], *, seen: Seen, report: Report) -> Changes:
        return assess_patients(rows, of=self.of, seen=seen, report=report)

    def load(self, rows: Sequence[Any], *, at: datetime, report: Report) -> Changes:
        return load_patients(rows, of=self.of, at=at, report=report)


@dataclass(frozen=True, slots=True)
class _Visits:
    of: Import
    reader: VisitReader
    now: datetime

    def read(self, row: int, cells: Sequence[str], report: Report) -> Any:
        return self.reader.read(row, cells, report)

    def assess(self, rows: Sequence[Any], *, seen: Seen, report: Report) -> Changes:
        return assess_visits(rows, of=self.of, seen=seen, now=self.now, report=report)

    def load(self, rows: Sequence[Any], *, at: datetime, report: Report) -> Changes:
        return load_visits(rows, of=self.of, at=at, now=self.now, report=report)
