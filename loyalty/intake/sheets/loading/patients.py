"""Writes the patients of a table, with how to reach them, their number in the old system, and what was noted."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows, update_rows
from core.ids import uuid7
from core.sheets.cells.faults import Issue, Report, quoted
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.contact_points import add_contact_points
from loyalty.intake.loading.known_patients import owners_of, record_numbers_taken
from loyalty.intake.loading.patient_columns import COLUMNS, PatientColumns, renewed, values_of
from loyalty.intake.sheets.cells.patient_row import PatientCells
from loyalty.intake.sheets.loading import ledger
from loyalty.intake.sheets.loading.known import Found, Wanted, find
from loyalty.intake.sheets.loading.noted import add_birthdays, add_notes
from loyalty.intake.sheets.loading.rounds import rounds
from loyalty.intake.sheets.loading.source import system_of
from loyalty.models import Import, Patient, PatientIdentifier
from loyalty.patients.contact_points import digits_of


def wanted(one: PatientCells) -> Wanted:
    columns = one.columns
    return Wanted(
        place=one.row,
        external_id=one.external_id,
        record_number=columns.record_number,
        given_name=columns.given_name,
        family_name=columns.family_name,
        birth=(columns.birth_year, columns.birth_month, columns.birth_day),
        reaches=tuple((r.kind, r.value.lower() if r.kind == "email" else digits_of(r.value)) for r in one.reaches),
        own_ids=one.own_ids,
    )


def keys_of(one: Wanted) -> list[tuple[str, ...]]:
    """What two rows about the same person have in common."""
    keys: list[tuple[str, ...]] = []
    if one.external_id:
        keys.append(("id", one.external_id))
    if one.record_number:
        keys.append(("number", one.record_number))
    name = f"{one.given_name} {one.family_name}".casefold()
    keys += [(kind, search, name) for kind, search in one.reaches]
    keys += [(id.system, id.value) for id in one.own_ids]
    return keys


def load_patients(rows: Sequence[PatientCells], *, of: Import, at: datetime, report: Report) -> Changes:
    """Adds the patients that are new and renews those that the file knows better, in the caller's transaction.

    at: becomes `updated_at` of all that is written. A row that cannot land, or lands without a part, is reported.
    """
    changes = Changes()
    for group in rounds([(one, keys_of(wanted(one))) for one in rows]):
        waiting = group
        while waiting:
            loading = _Loading(waiting, of, at, report)
            changes += loading.write()
            waiting = loading.later
    return changes


class _Loading:
    """later: rows whose patient another row of this group is about; they come after it."""

    def __init__(self, rows: Sequence[PatientCells], of: Import, at: datetime, report: Report) -> None:
        self._of, self._at, self._report = of, at, report
        self._system = system_of(of.known_as)
        found = find([wanted(one) for one in rows], system=self._system)
        self.later: list[PatientCells] = []
        self._rows: list[PatientCells] = []
        self._ids: dict[int, UUID] = {}
        self._sort(rows, found)
        condition = "id = ANY(%s) ORDER BY id FOR UPDATE"
        known = select_rows(Patient, ("id", "updated_at", *COLUMNS), condition, [list(self._ids.values())])
        self._known = {id: PatientColumns(*values) for id, _, *values in known}
        self._was_updated = {id: updated for id, updated, *_ in known}
        self._refuse_others(found)

    def _sort(self, rows: Sequence[PatientCells], found: Found) -> None:
        taken: set[UUID] = set()
        for one in rows:
            id = found.patients.get(one.row)
            if id in taken:
                self.later.append(one)
                continue
            self._rows.append(one)
            if id is not None:
                taken.add(id)
                self._ids[one.row] = id

    def _refuse_others(self, found: Found) -> None:
        """A number that means somebody else here comes from another system than was said: nobody is overwritten."""
        staying: list[PatientCells] = []
        for one in self._rows:
            known = self._known.get(self._ids.get(one.row, _NOBODY))
            if known is not None and one.row in found.by_id and is_somebody_else(one.columns, known):
                self._report(not_theirs(one))
            else:
                staying.append(one)
        self._rows = staying

    def write(self) -> Changes:
        numbers = record_numbers_taken([one.columns.record_number for one in self._rows if one.columns.record_number])
        new: list[tuple[object, ...]] = []
        changed: list[tuple[object, ...]] = []
        done: list[ledger.Done] = []
        before: dict[UUID, dict[str, object]] = {}
        for one in self._rows:
            known = self._known.get(self._ids.get(one.row, _NOBODY))
            id = self._ids.setdefault(one.row, uuid7())
            said = self._with_number(one, id, numbers)
            if known is None:
                new.append((id, *values_of(said)))
                done.append(ledger.Done(one.row, id))
            elif (better := renewed(known, said)) != known:
                changed.append((id, *values_of(better)))
                before[id] = {
                    name: getattr(known, name) for name in COLUMNS if getattr(known, name) != getattr(better, name)
                }
        copy_rows(Patient, ("id", *COLUMNS), new, now=self._at)
        update_rows(Patient, ("id", *COLUMNS), changed, now=self._at)
        related = self._write_related() & self._known.keys()
        if only := [(id,) for id in sorted(related - before.keys())]:
            # Whoever follows changes must see that a number is new.
            update_rows(Patient, ("id",), only, now=self._at)
        touched = related | before.keys()
        done += [
            ledger.Done(one.row, id, before={**before.get(id, {}), "updated_at": self._was_updated[id]})
            for one in self._rows
            if (id := self._ids[one.row]) in touched
        ]
        ledger.write(self._of.id, done, at=self._at)
        return Changes(new=len(new), changed=len(touched), unchanged=len(self._rows) - len(new) - len(touched))

    def _with_number(self, one: PatientCells, id: UUID, numbers: dict[str, UUID]) -> PatientColumns:
        number = one.columns.record_number
        if not number or numbers.setdefault(number, id) == id:
            return one.columns
        self._report(number_taken(one))
        values = dict(zip(COLUMNS, astuple(one.columns), strict=True))
        return PatientColumns(**{**values, "record_number": ""})

    def _write_related(self) -> set[UUID]:
        people = [(self._ids[one.row], one) for one in self._rows]
        touched = add_contact_points([person for person in people if person[1].reaches], now=self._at)
        touched |= self._add_identifiers(people)
        known = self._known.keys()
        touched |= add_notes(
            [(id, one.notes) for id, one in people if one.notes], known=known, source=self._of.file_name, now=self._at
        )
        birthdays = [(id, one.birthday) for id, one in people if one.birthday]
        return touched | add_birthdays(birthdays, known=known, now=self._at)

    def _add_identifiers(self, people: Sequence[tuple[UUID, PatientCells]]) -> set[UUID]:
        asked = [(id, Identifier(self._system, one.external_id)) for id, one in people if one.external_id]
        asked += [(id, own) for id, one in people for own in one.own_ids]
        # Those of new patients are nobody's: they were asked for a moment ago.
        owners = owners_of([one for id, one in asked if id in self._known]) if self._known else {}
        for id, one in people:
            for own in one.own_ids:
                if owners.get(own, id) != id:
                    self._report(own_id_taken(one, own))
        new = [(uuid7(), id, one.system, one.value) for id, one in asked if one not in owners]
        copy_rows(PatientIdentifier, ("id", "patient_id", "system", "value"), new, now=self._at)
        return {row[1] for row in new}


_NOBODY = UUID(int=0)


def not_theirs(one: PatientCells) -> Issue:
    reason = f"the number {quoted(one.external_id)} is already that of a patient with another name"
    return Issue(one.row, "", reason, lands=False)


def number_taken(one: PatientCells) -> Issue:
    number = quoted(one.columns.record_number)
    return Issue(one.row, "", f"the record number {number} belongs to another patient; left out", lands=True)


def own_id_taken(one: PatientCells, own: Identifier) -> Issue:
    return Issue(one.row, "", f"your id {quoted(own.value)} belongs to another patient; left out", lands=True)


def is_somebody_else(said: PatientColumns, known: PatientColumns) -> bool:
    """Neither of the names agrees, nor the date of birth. Who marries keeps the other two."""
    born = (said.birth_year, said.birth_month, said.birth_day)
    if said.birth_year is not None and born == (known.birth_year, known.birth_month, known.birth_day):
        return False
    pairs = ((said.given_name, known.given_name), (said.family_name, known.family_name))
    return not any(a and a.casefold() == b.casefold() for a, b in pairs)
