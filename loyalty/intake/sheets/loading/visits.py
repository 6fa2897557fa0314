"""Writes the visits of a table. No touchpoint, link or invitation is made for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from core.copying import copy_rows, update_rows
from core.ids import uuid7
from core.sheets.cells.faults import Issue, Report, quoted
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.locations import Site
from loyalty.intake.loading.services import Catalogue
from loyalty.intake.loading.visit_columns import COLUMNS, VisitColumns, renewed, values_of
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading import ledger
from loyalty.intake.sheets.loading.follow import Changed, follow_visits
from loyalty.intake.sheets.loading.known_visits import KnownVisit, keys_of, known_visits, visit_owners
from loyalty.intake.sheets.loading.rounds import rounds
from loyalty.intake.sheets.loading.source import visit_key
from loyalty.intake.sheets.loading.teams import Team
from loyalty.intake.sheets.loading.whose import patients_of
from loyalty.models import Import, Visit, VisitIdentifier, VisitSource, VisitStatus

_OVER = (VisitStatus.COMPLETED, VisitStatus.NO_SHOW, VisitStatus.CANCELLED)
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
    for group in rounds([(one, keys_of(one, patients[one.row], of.known_as)) for one in kept]):
        waiting = group
        while waiting:
            loading = _Loading(waiting, patients, of, at=at, now=now, report=report)
            changes += loading.write(team, catalogue)
            waiting = loading.later
    _begin_as_patients(kept, patients, of=of, at=at)
    return changes


class _Loading:
    """later: rows whose visit another row of this group is about; they come after it."""

    def __init__(
        self,
        rows: Sequence[VisitCells],
        patients: Mapping[int, UUID],
        of: Import,
        *,
        at: datetime,
        now: datetime,
        report: Report,
    ) -> None:
        self._patients, self._of, self._at, self._now, self._report = patients, of, at, now, report
        self._owners = visit_owners(rows)
        found = known_visits(rows, patients, self._owners, of.known_as, lock=True)
        self.later: list[VisitCells] = []
        self._rows: list[VisitCells] = []
        self._known: dict[int, KnownVisit] = {}
        taken: set[UUID] = set()
        for one in rows:
            known = found.get(one.row)
            if known is not None and known.id in taken:
                self.later.append(one)
                continue
            self._rows.append(one)
            if known is not None:
                taken.add(known.id)
                self._known[one.row] = known

    def write(self, team: Team, catalogue: Catalogue) -> Changes:
        new: list[tuple[object, ...]] = []
        changed: dict[UUID, Changed] = {}
        ids: dict[int, UUID] = {}
        for one in self._rows:
            patient, known = self._patients[one.row], self._known.get(one.row)
            service = catalogue.of(one.service) if one.service else None
            said = columns_of(one, patient_id=patient, staff_id=team.of(one.staff), service_id=service, now=self._now)
            if known is None:
                ids[one.row] = id = uuid7()
                new.append((id, visit_key(self._of.known_as, one.visit_id) if one.visit_id else "", *values_of(said)))
                continue
            ids[one.row] = known.id
            after = renewed(known.columns, said, has_location=one.is_placed)
            if after != known.columns:
                changed[known.id] = Changed(known.columns, after)
        copy_rows(Visit, ("id", "external_id", *COLUMNS), new, now=self._at)
        update_rows(Visit, ("id", *COLUMNS), [(id, *values_of(one.after)) for id, one in changed.items()], now=self._at)
        follow_visits(changed, now=self._now)
        numbered = self._add_identifiers(ids) & {one.id for one in self._known.values()}
        if only := [(id,) for id in sorted(numbered - changed.keys())]:
            # Whoever follows changes must see that an id is new.
            update_rows(Visit, ("id",), only, now=self._at)
        touched = numbered | changed.keys()
        self._write_down(ids, changed, touched)
        return Changes(new=len(new), changed=len(touched), unchanged=len(self._rows) - len(new) - len(touched))

    def _add_identifiers(self, ids: Mapping[int, UUID]) -> set[UUID]:
        """Whose visit each own id is from then on; returns the visits that have a new one."""
        added: list[tuple[object, ...]] = []
        numbered: set[UUID] = set()
        for one in self._rows:
            id = ids[one.row]
            for own in one.own_ids:
                if self._owners.get(own, id) != id:
                    self._report(own_id_taken(one, own))
                elif own not in self._owners:
                    added.append((uuid7(), id, own.system, own.value))
                    numbered.add(id)
        copy_rows(VisitIdentifier, ("id", "visit_id", "system", "value"), added, now=self._at)
        return numbered

    def _write_down(self, ids: Mapping[int, UUID], changed: Mapping[UUID, Changed], touched: set[UUID]) -> None:
        done: list[ledger.Done] = []
        for one in self._rows:
            id, known = ids[one.row], self._known.get(one.row)
            if known is None:
                done.append(ledger.Done(one.row, self._patients[one.row], id))
            elif id in touched:
                after = changed[id].after if id in changed else known.columns
                pairs = zip(COLUMNS, values_of(known.columns), values_of(after), strict=True)
                was = {name: value for name, value, becomes in pairs if value != becomes}
                done.append(ledger.Done(one.row, after.patient_id, id, {**was, "updated_at": known.updated_at}))
        ledger.write(self._of.id, done, at=self._at)


def own_id_taken(one: VisitCells, own: Identifier) -> Issue:
    return Issue(one.row, "", f"your id {quoted(own.value)} belongs to another visit; left out", lands=True)


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
