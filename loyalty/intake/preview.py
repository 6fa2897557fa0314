"""The first rows of a file as they would be stored, and what would become of each. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from core.errors import DomainError
from core.months import MONTHS
from core.sheets.cells.faults import Issue
from loyalty.intake.bundles.entries import entry_number
from loyalty.intake.sheets.batches import Batch, take
from loyalty.intake.sheets.cells.patient_row import PatientCells
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading.known import by_the_indexes, find
from loyalty.intake.sheets.loading.patients import wanted
from loyalty.intake.sheets.loading.source import system_of
from loyalty.intake.sheets.loading.whose import patients_of
from loyalty.intake.sheets.reading.rows import data_rows
from loyalty.intake.sheets.table import Table, table_of
from loyalty.models import Import, ImportKind
from loyalty.patients.partial_date import PartialDate

ROWS = 8
_LABELS: dict[ImportKind, tuple[str, ...]] = {
    ImportKind.PATIENTS: ("Birthday", "Phone", "Email", "City"),
    ImportKind.VISITS: ("When", "Service", "Status"),
    ImportKind.BUNDLE: ("Holds",),
}
READY, KNOWN, FOUND, REMARK, REFUSED = "ready", "known", "found", "remark", "refused"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """result: READY (new), KNOWN (changes or confirms somebody), FOUND (a visit of a known patient), REMARK (lands
    without a part), REFUSED."""

    row: int
    name: str
    cells: tuple[str, ...]
    result: str
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """labels: of the cells beside the name. patients: those who are known already."""

    labels: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    patients: tuple[UUID, ...] = ()


def preview(of: Import, *, now: datetime) -> Preview:
    """Empty where the file cannot be read."""
    labels = _LABELS[ImportKind(of.kind)]
    try:
        return _looked_at(of, table_of(of, now=now), labels)
    except DomainError:
        return Preview(labels, ())


def _looked_at(of: Import, table: Table, labels: tuple[str, ...]) -> Preview:
    batch = Batch()
    numbers: list[int] = []
    for position, cells in islice(data_rows(of), ROWS):
        numbers.append(entry_number(position))
        take(batch, position, cells, table)
    with transaction.atomic():
        by_the_indexes()
        known = _known(of, batch.rows, batch.issues)
    read = {one.row: one for one in batch.rows}
    wrong: dict[int, list[Issue]] = {}
    for issue in batch.issues:
        wrong.setdefault(issue.row, []).append(issue)
    rows = tuple(_row(number, read.get(number), wrong.get(number, []), is_known=number in known) for number in numbers)
    if of.kind == ImportKind.BUNDLE:
        rows = tuple(replace(one, cells=(" · ".join(filter(None, one.cells)),)) for one in rows)
    return Preview(labels, rows, tuple(dict.fromkeys(known.values())))


def _known(of: Import, rows: Sequence[Any], issues: list[Issue]) -> dict[int, UUID]:
    if of.kind == ImportKind.BUNDLE:
        # Whose a visit is shows once the patients of the same bundle are written.
        rows = [one for one in rows if isinstance(one, PatientCells)]
    elif of.kind == ImportKind.VISITS:
        return patients_of(rows, known_as=of.known_as, report=issues.append)
    return find([wanted(one) for one in rows], system=system_of(of.known_as)).patients


def _row(number: int, one: Any, issues: Sequence[Issue], *, is_known: bool) -> PreviewRow:
    name = ""
    cells: tuple[str, ...] = ()
    if isinstance(one, PatientCells):
        name, cells = _name(one.columns.given_name, one.columns.family_name, one.columns.preferred_name), _patient(one)
    elif isinstance(one, VisitCells):
        name = _name(one.whom.given_name, one.whom.family_name) or one.whom.external_id or one.whom.record_number
        cells = _visit(one)
    words = "; ".join(f"{issue.column}: {issue.reason}" if issue.column else issue.reason for issue in issues)
    if any(not issue.lands for issue in issues):
        return PreviewRow(number, name, cells, REFUSED, words)
    if issues:
        return PreviewRow(number, name, cells, REMARK, words)
    if isinstance(one, VisitCells):
        return PreviewRow(number, name, cells, FOUND, "")
    return PreviewRow(number, name, cells, KNOWN if is_known else READY, "")


def _name(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _patient(one: PatientCells) -> tuple[str, ...]:
    columns = one.columns
    birth = str(PartialDate(columns.birth_year, columns.birth_month, columns.birth_day))
    if not birth and one.birthday:
        birth = f"{MONTHS[one.birthday[0] - 1]} {one.birthday[1]}"
    first = {kind: next((r.value for r in one.reaches if r.kind == kind), "") for kind in ("phone", "email")}
    return birth, first["phone"], first["email"], columns.city


def _visit(one: VisitCells) -> tuple[str, ...]:
    local = one.starts_at.astimezone(one.site.zone)
    clock = f"{local:%I:%M %p}".lstrip("0")
    when = f"{MONTHS[local.month - 1]} {local.day}, {local.year}, {clock}"
    return when, one.service, str(one.status.label)
