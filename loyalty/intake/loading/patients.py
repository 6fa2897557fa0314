"""Writes patients with their identifiers, contact points and guardians."""

from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows, update_rows
from core.ids import uuid7
from loyalty.intake.fhir.errors import Outcome, RowError
from loyalty.intake.fhir.plan import Batch, PlannedPatient
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.resources import Report
from loyalty.intake.fhir.rows import Identifier, Origin
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.contact_points import add_contact_points
from loyalty.intake.loading.guardians import add_guardians
from loyalty.intake.loading.known_patients import identifiers_of, match, owners_of, record_numbers_taken
from loyalty.intake.loading.patient_columns import COLUMNS, PatientColumns, columns_of, renewed, values_of
from loyalty.models import Patient, PatientIdentifier


def load_patients(batch: Batch[PlannedPatient], *, now: datetime, report: Report) -> Changes:
    """Adds the patients that are new and renews those that the source knows better.

    A record number or identifier that belongs to somebody else is left out, with a remark; the patient lands.
    """
    loading = _Loading(batch, now, report)
    loading.write_patients()
    loading.write_identifiers()
    people = [(loading.ids[planned.row.id], planned.row) for _, planned in batch]
    known = set(loading.known)
    touched = loading.touched | add_contact_points(people, now=now) | add_guardians(people, now=now)
    # A patient whose number is new has changed, too: whoever follows changes must see it.
    related = [(id,) for id in sorted((touched & known) - loading.rewritten)]
    if related:
        update_rows(Patient, ("id",), related, now=now)
    changed = touched & known
    return Changes(new=len(batch) - len(known), changed=len(changed), unchanged=len(known) - len(changed))


class _Loading:
    """ids: patient ids by FHIR id. known: what the practice has of those it knew. touched: patients that changed."""

    def __init__(self, batch: Batch[PlannedPatient], now: datetime, report: Report) -> None:
        self._batch = batch
        self._now = now
        self._report = report
        rows = [planned.row for _, planned in batch]
        self._owners = owners_of([one for row in rows for one in identifiers_of(row)])
        self.ids = match(rows, self._owners)
        found = select_rows(Patient, ("id", *COLUMNS), "id = ANY(%s)", [list(self.ids.values())])
        self.known = {id: PatientColumns(*values) for id, *values in found}
        self.touched: set[UUID] = set()
        self.rewritten: set[UUID] = set()

    def write_patients(self) -> None:
        numbers = record_numbers_taken([planned.row.record_number for _, planned in self._batch])
        new: list[tuple[object, ...]] = []
        changed: list[tuple[object, ...]] = []
        for origin, planned in self._batch:
            id = self.ids.setdefault(planned.row.id, uuid7())
            said = columns_of(planned, record_number=self._number(origin, planned, id, numbers))
            known = self.known.get(id)
            if known is None:
                new.append((id, *values_of(said)))
            elif (better := renewed(known, said)) != known:
                changed.append((id, *values_of(better)))
                self.rewritten.add(id)
        copy_rows(Patient, ("id", *COLUMNS), new, now=self._now)
        update_rows(Patient, ("id", *COLUMNS), changed, now=self._now)
        self.touched |= self.rewritten

    def _number(self, origin: Origin, planned: PlannedPatient, id: UUID, numbers: dict[str, UUID]) -> str:
        number = planned.row.record_number
        if not number or numbers.setdefault(number, id) == id:
            return number
        self._remark(origin, planned, f"the record number {quoted(number)} belongs to another patient; left out")
        return ""

    def write_identifiers(self) -> None:
        new: list[tuple[object, ...]] = []
        for origin, planned in self._batch:
            id = self.ids[planned.row.id]
            for one in identifiers_of(planned.row):
                owner = self._owners.get(one)
                if owner is None:
                    self._owners[one] = id
                    new.append((uuid7(), id, one.system, one.value))
                    self.touched.add(id)
                elif owner != id:
                    self._remark(origin, planned, f"the identifier {_words(one)} belongs to another patient; left out")
        copy_rows(PatientIdentifier, ("id", "patient_id", "system", "value"), new, now=self._now)

    def _remark(self, origin: Origin, planned: PlannedPatient, reason: str) -> None:
        self._report(RowError(origin.source, origin.line, "Patient", planned.row.id, reason, Outcome.KEPT))


def _words(identifier: Identifier) -> str:
    return f"{quoted(identifier.value)} of {quoted(identifier.system)}"
