"""Writes the visits of a table. No touchpoint, link or invitation is made for them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from core.copying import copy_rows, select_rows, update_rows
from core.ids import uuid7
from core.sheets.cells.faults import Report
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.locations import Site
from loyalty.intake.loading.services import Catalogue
from loyalty.intake.loading.visit_columns import COLUMNS, VisitColumns, renewed, values_of
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading import ledger
from loyalty.intake.sheets.loading.known import uuid_of
from loyalty.intake.sheets.loading.rounds import rounds
from loyalty.intake.sheets.loading.source import visit_key
from loyalty.intake.sheets.loading.teams import Team
from loyalty.intake.sheets.loading.whose import patients_of
from loyalty.models import Import, Visit, VisitSource, VisitStatus

_READ = ("id", "updated_at", *COLUMNS)
_OVER = (VisitStatus.COMPLETED, VisitStatus.NO_SHOW, VisitStatus.CANCELLED)
_AT_THE_SAME_TIME = "(patient_id, starts_at) IN (SELECT * FROM unnest(%s::uuid[], %s::timestamptz[]))"
# The first visit that we know of makes somebody a patient.
_SINCE = """
UPDATE loyalty_patient AS p SET patient_since = n.day, updated_at = %s
FROM unnest(%s::uuid[], %s::date[]) AS n (id, day), loyalty_patient AS old
WHERE p.id = n.id AND old.id = p.id AND (p.patient_since IS NULL OR p.patient_since > n.day)
RETURNING p.id, old.patient_since, old.updated_at
"""


def load_visits(rows: Sequence[VisitCells], *, of: Import, at: datetime, now: datetime, report: Report) -> Changes:
    """Adds the visits that are new and renews those that the file knows better, in the caller's transaction.

    at: becomes `updated_at` of all that is written. now: what is over by then is history.
    """
    patients = patients_of(rows, known_as=of.known_as, report=report)
    kept = [one for one in rows if one.row in patients]
    team, catalogue = Team(), Catalogue(now=at)
    team.learn((one.staff for one in kept), now=at)
    catalogue.learn(one.service for one in kept if one.service)
    changes = Changes()
    for group in rounds([(one, [key_of(one, patients[one.row], of.known_as)]) for one in kept]):
        changes += _load(group, patients, of, team, catalogue, at=at, now=now)
    _begin_as_patients(kept, patients, of=of, at=at)
    return changes


def key_of(one: VisitCells, patient: UUID, known_as: str) -> tuple[object, ...]:
    """What makes a row the same visit as another: its number, else its patient and time."""
    return (visit_key(known_as, one.visit_id),) if one.visit_id else (patient, one.starts_at)


def known_visits(
    rows: Sequence[VisitCells], patients: dict[int, UUID], known_as: str, *, lock: bool = False
) -> dict[tuple[object, ...], tuple[UUID, datetime, VisitColumns]]:
    """Those the practice has, by `key_of`."""
    end = " ORDER BY id FOR UPDATE" if lock else ""
    keys = [visit_key(known_as, one.visit_id) for one in rows if one.visit_id]
    found: dict[tuple[object, ...], tuple[UUID, datetime, VisitColumns]] = {}
    for key, id, updated, *values in select_rows(
        Visit,
        ("external_id", "id", "updated_at", *COLUMNS),
        f"external_id = ANY(%s) AND external_id <> ''{end}",
        [keys],
    ):
        found[(key,)] = (id, updated, VisitColumns(*values))
    own = {id: one for one in rows if (id := uuid_of(one.visit_id))}
    for id, updated, *values in select_rows(Visit, _READ, f"id = ANY(%s){end}", [list(own)]) if own else []:
        # Our own id: what our own pages name it by.
        found.setdefault((visit_key(known_as, own[id].visit_id),), (id, updated, VisitColumns(*values)))
    unnumbered = [one for one in rows if not one.visit_id]
    if unnumbered:
        times = [[patients[one.row] for one in unnumbered], [one.starts_at for one in unnumbered]]
        for id, updated, *values in select_rows(
            Visit, ("id", "updated_at", *COLUMNS), f"{_AT_THE_SAME_TIME}{end}", times
        ):
            columns = VisitColumns(*values)
            found[columns.patient_id, columns.starts_at] = (id, updated, columns)
    return found


def _load(
    rows: Sequence[VisitCells],
    patients: dict[int, UUID],
    of: Import,
    team: Team,
    catalogue: Catalogue,
    *,
    at: datetime,
    now: datetime,
) -> Changes:
    known = known_visits(rows, patients, of.known_as, lock=True)
    new: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    done: list[ledger.Done] = []
    for one in rows:
        patient = patients[one.row]
        service = catalogue.of(one.service) if one.service else None
        said = columns_of(one, patient_id=patient, staff_id=team.of(one.staff), service_id=service, now=now)
        key = key_of(one, patient, of.known_as)
        if key not in known:
            id = uuid7()
            new.append((id, visit_key(of.known_as, one.visit_id) if one.visit_id else "", *values_of(said)))
            done.append(ledger.Done(one.row, patient, id))
            continue
        id, updated, before = known[key]
        after = renewed(before, said, has_location=one.is_placed)
        if after != before:
            changed.append((id, *values_of(after)))
            pairs = zip(COLUMNS, values_of(before), values_of(after), strict=True)
            was = {name: value for name, value, becomes in pairs if value != becomes}
            done.append(ledger.Done(one.row, after.patient_id, id, {**was, "updated_at": updated}))
    copy_rows(Visit, ("id", "external_id", *COLUMNS), new, now=at)
    update_rows(Visit, ("id", *COLUMNS), changed, now=at)
    ledger.write(of.id, done, at=at)
    return Changes(new=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))


def columns_of(
    one: VisitCells, *, patient_id: UUID, staff_id: UUID | None, service_id: UUID | None, now: datetime
) -> VisitColumns:
    """An end that was not recorded is taken to be the start, where the database asks when a visit was completed."""
    site: Site = one.site
    status = one.status
    over = status in _OVER or site.day_of(one.starts_at) < site.day_of(now)
    return VisitColumns(
        patient_id=patient_id,
        location_id=site.id,
        staff_id=staff_id,
        service_id=service_id,
        status=status.value,
        source=VisitSource.IMPORT.value,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        day=site.day_of(one.starts_at),
        booked_at=one.booked_at,
        arrived_at=None,
        completed_at=(one.ends_at or one.starts_at) if status == VisitStatus.COMPLETED else None,
        cancelled_at=min(one.starts_at, now) if status == VisitStatus.CANCELLED else None,
        is_history=over,
        reason=one.service,
    )


def _begin_as_patients(rows: Sequence[VisitCells], patients: dict[int, UUID], *, of: Import, at: datetime) -> None:
    first: dict[UUID, tuple[date, int]] = {}
    for one in rows:
        if one.status == VisitStatus.COMPLETED:
            day = (one.site.day_of(one.starts_at), one.row)
            id = patients[one.row]
            first[id] = min(day, first.get(id, day))
    if not first:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [at, sorted(first), [first[id][0] for id in sorted(first)]])
        written = cursor.fetchall()
    ledger.write(
        of.id,
        [
            ledger.Done(first[id][1], id, before={"patient_since": since, "updated_at": updated})
            for id, since, updated in written
        ],
        at=at,
    )
