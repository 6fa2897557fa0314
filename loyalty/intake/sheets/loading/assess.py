"""What an import of these rows would do. Nothing is written."""

from collections.abc import Container, Hashable, Sequence
from datetime import datetime
from uuid import UUID

from core.copying import select_rows
from core.sheets.cells.faults import Issue, Report
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.known_patients import owners_of, record_numbers_taken
from loyalty.intake.loading.patient_columns import COLUMNS, PatientColumns, renewed
from loyalty.intake.loading.visit_columns import renewed as renewed_visit
from loyalty.intake.sheets.cells.patient_row import PatientCells
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading.known import Wanted, find
from loyalty.intake.sheets.loading.known_visits import keys_of, known_visits, visit_owners
from loyalty.intake.sheets.loading.patients import is_somebody_else, not_theirs, number_taken, own_id_taken, wanted
from loyalty.intake.sheets.loading.seen import Before, Seen
from loyalty.intake.sheets.loading.source import system_of
from loyalty.intake.sheets.loading.visits import columns_of
from loyalty.intake.sheets.loading.visits import own_id_taken as visit_id_taken
from loyalty.intake.sheets.loading.whose import patients_of
from loyalty.models import ContactPoint, Import, Patient


def assess_patients(rows: Sequence[PatientCells], *, of: Import, seen: Seen, report: Report) -> Changes:
    asked = {one.row: wanted(one) for one in rows}
    found = find(list(asked.values()), system=system_of(of.known_as))
    ids = list(found.patients.values())
    known = {id: PatientColumns(*v) for id, *v in select_rows(Patient, ("id", *COLUMNS), "id = ANY(%s)", [ids])}
    reaches = set(select_rows(ContactPoint, ("patient_id", "kind", "search"), "patient_id = ANY(%s)", [ids]))
    numbered = {one.row: Identifier(system_of(of.known_as), one.external_id) for one in rows if one.external_id}
    owners = owners_of([*numbered.values(), *(own for one in rows for own in one.own_ids)])
    numbers = record_numbers_taken([one.columns.record_number for one in rows if one.columns.record_number])
    changes = Changes()
    for one in rows:
        id = found.patients.get(one.row)
        holder = numbers.get(one.columns.record_number)
        if holder is not None and holder != id:
            report(number_taken(one))
        for own in one.own_ids:
            if id is not None and owners.get(own, id) != id:
                report(own_id_taken(one, own))
        if id is None:
            match seen.look(_keys(asked[one.row]), (one.external_id, one.own_ids, one.columns, one.reaches, one.notes)):
                case Before.NEVER:
                    changes.new += 1
                case Before.SAME:
                    changes.unchanged += 1
                case Before.OTHER:
                    changes.changed += 1
        elif one.row in found.by_id and is_somebody_else(one.columns, known[id]):
            report(not_theirs(one))
        elif (
            any(own not in owners for own in one.own_ids)
            or (one.external_id and numbered[one.row] not in owners)
            or _differs(one, asked[one.row], id, known[id], reaches)
        ):
            changes.changed += 1
        else:
            changes.unchanged += 1
    return changes


def assess_visits(
    rows: Sequence[VisitCells],
    *,
    of: Import,
    seen: Seen,
    now: datetime,
    report: Report,
    landing: Container[str] = frozenset(),
) -> Changes:
    """landing: ids of patients who are not known yet, and will be when their visits come."""
    patients = patients_of(rows, known_as=of.known_as, report=_but_of(rows, landing, report))
    kept = [one for one in rows if one.row in patients or one.whom.external_id in landing]
    owners = visit_owners(kept)
    known = known_visits(kept, patients, owners, of.known_as)
    changes = Changes()
    for one in kept:
        here, patient = known.get(one.row), patients.get(one.row)
        if here is not None:
            said = columns_of(
                one, patient_id=patient or here.columns.patient_id, staff_id=None, service_id=None, now=now
            )
            for own in one.own_ids:
                if owners.get(own, here.id) != here.id:
                    report(visit_id_taken(one, own))
            same = renewed_visit(here.columns, said, has_location=one.is_placed) == here.columns
            same = same and patient is not None and all(own in owners for own in one.own_ids)
            changes.unchanged += same
            changes.changed += not same
            continue
        keys = keys_of(one, patient, of.known_as)
        match seen.look(keys, (one.status, one.starts_at, one.ends_at, one.service, one.staff, one.own_ids)):
            case Before.NEVER:
                changes.new += 1
            case Before.SAME:
                changes.unchanged += 1
            case Before.OTHER:
                changes.changed += 1
    return changes


def _but_of(rows: Sequence[VisitCells], landing: Container[str], report: Report) -> Report:
    """Whose patient lands before them are nobody's fault."""
    waiting = {one.row for one in rows if one.whom.external_id in landing}

    def told(issue: Issue) -> None:
        if issue.row not in waiting:
            report(issue)

    return told


def _differs(
    one: PatientCells,
    asked: Wanted,
    id: UUID,
    known: PatientColumns,
    reaches: set[tuple[object, ...]],
) -> bool:
    if any((id, kind, search) not in reaches for kind, search in asked.reaches):
        return True
    return renewed(known, one.columns) != known


def _keys(one: Wanted) -> list[Hashable]:
    keys: list[Hashable] = [("own", own.value) for own in one.own_ids]
    if one.external_id:
        keys.append(("id", one.external_id))
    if one.record_number:
        keys += [("number", one.record_number, one.family_name.casefold()), ("number", one.record_number, one.birth)]
    name = f"{one.given_name} {one.family_name}".casefold()
    if not one.external_id:
        keys += [(kind, search, name) for kind, search in one.reaches]
    return keys
