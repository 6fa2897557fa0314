"""Many patients at once, each found by the program's own id: written down if they are new, changed if they are not.

By the same rules as one at a time, in statements for all of them. What seldom changes of a known patient, a number or a
wish for discretion, goes through the action for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from core.errors import Conflict, DomainError
from core.given_text import is_visible
from core.ids import uuid7
from core.outbox.publish import publish_of_many
from core.violated import violated
from loyalty.exchange.external_id import system_of
from loyalty.exchange.upsert_points import differing, new_points
from loyalty.exchange.write_patient import BIRTH, TYPED, write_wishes
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.known_patients import owners_of, record_numbers_taken
from loyalty.intake.loading.table import copy_rows, select_rows, update_rows
from loyalty.models import Patient, PatientIdentifier, Wish
from loyalty.patients.details import record_number_taken
from loyalty.patients.partial_date import FURTHEST_EAST, checked_birth
from loyalty.patients.replace_contact_points import replace_contact_points

COLUMNS = (*TYPED, *BIRTH, "language", "preferred_channel")
_EMPTY: dict[str, Any] = {name: None if name in BIRTH else "" for name in COLUMNS}

_WISHES = (*Wish.values, "deceased_on")


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Result:
    """What became of one row. id: the patient's; None where the row was refused, and `error` says why."""

    external_id: str
    outcome: Outcome
    id: UUID | None = None
    error: DomainError | None = None


def upsert_patients(*, rows: Sequence[Mapping[str, Any]], application_id: UUID, now: datetime) -> list[Result]:
    """rows: as for `write_new_patient`, each with its "external_id". A result for each row, in their order.

    A row that cannot be kept is refused, and the others are kept. Raises Conflict where another request wrote one of
    them at the same moment.
    """
    try:
        with transaction.atomic():
            return _Upsert(rows, application_id, now).run()
    except IntegrityError as error:
        if violated(error) not in ("patient_identifier_once", "patient_record_number_once", "contact_point_once"):
            raise
        raise Conflict(
            "written_meanwhile", "Another request wrote some of them at this moment. Send it again."
        ) from None


class _Upsert:
    def __init__(self, rows: Sequence[Mapping[str, Any]], application_id: UUID, now: datetime) -> None:
        self._rows, self._now = rows, now
        self._system = system_of(application_id)
        self._results = [Result(row["external_id"], Outcome.UNCHANGED) for row in rows]
        owners = owners_of([Identifier(self._system, row["external_id"]) for row in rows])
        self._ids = [owners.get(Identifier(self._system, row["external_id"])) for row in rows]
        # In order, as every action locks them: two requests about the same patients wait and do not block each other.
        found = select_rows(
            Patient, ("id", *COLUMNS), "id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [[i for i in self._ids if i]]
        )
        self._known = {id: dict(zip(COLUMNS, values, strict=True)) for id, *values in found}
        self._today = (now + FURTHEST_EAST).date()

    def run(self) -> list[Result]:
        new, changed = self._sort()
        self._of_patient = {id: result for _, result, id in self._kept()}
        copy_rows(Patient, ("id", *COLUMNS), new, now=self._now)
        update_rows(Patient, ("id", *COLUMNS), changed, now=self._now)
        self._write_ids()
        self._write_points()
        self._write_wishes()
        self._tell()
        return self._results

    def _sort(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        numbers = record_numbers_taken([row["record_number"] for row in self._rows if row.get("record_number")])
        new: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        seen: set[object] = set()
        for row, result, id in zip(self._rows, self._results, self._ids, strict=True):
            try:
                if {id or row["external_id"], row["external_id"]} & seen:
                    raise DomainError("row_twice", "This patient is in the list twice.", field="external_id")
                seen |= {id or row["external_id"], row["external_id"]}
                result.id = id or uuid7()
                before = self._known.get(id) if id else None
                after = self._checked(
                    {**(before or _EMPTY), **{n: row[n] for n in COLUMNS if n in row}}, result.id, numbers
                )
            except DomainError as error:
                result.id, result.outcome, result.error = None, Outcome.REFUSED, error
                continue
            if before is None:
                result.outcome = Outcome.CREATED
                new.append((result.id, *after.values()))
            elif after != before:
                result.outcome = Outcome.UPDATED
                changed.append((result.id, *after.values()))
        return new, changed

    def _checked(self, after: dict[str, Any], id: UUID, numbers: dict[str, UUID]) -> dict[str, Any]:
        if not is_visible(after["given_name"] + after["family_name"] + after["preferred_name"]):
            raise DomainError("name_missing", "Give at least one name.", field="given_name")
        try:
            checked_birth((after["birth_year"], after["birth_month"], after["birth_day"]), today=self._today)
        except DomainError as error:
            raise DomainError(error.code, error.message, field="birth_year") from None
        number = after["record_number"]
        if number and numbers.setdefault(number, id) != id:
            raise record_number_taken(number)
        return {name: after[name] for name in COLUMNS}

    def _kept(self) -> list[tuple[Mapping[str, Any], Result, UUID]]:
        return [
            (row, result, result.id)
            for row, result in zip(self._rows, self._results, strict=True)
            if result.id is not None
        ]

    def _write_ids(self) -> None:
        new = [
            (uuid7(), id, self._system, row["external_id"])
            for row, result, id in self._kept()
            if result.outcome == Outcome.CREATED
        ]
        copy_rows(PatientIdentifier, ("id", "patient_id", "system", "value"), new, now=self._now)

    def _write_points(self) -> None:
        said = {id: row["contact_points"] for row, _, id in self._kept() if "contact_points" in row}
        new_points({id: points for id, points in said.items() if id not in self._known}, now=self._now)
        for id in differing({id: points for id, points in said.items() if id in self._known}):
            replace_contact_points(patient_id=id, points=said[id])
            self._changed(id)

    def _write_wishes(self) -> None:
        said = {id: row for row, _, id in self._kept() if any(name in row for name in _WISHES)}
        for patient in Patient.objects.filter(id__in=said).order_by("id") if said else ():
            if all(said[patient.id].get(name, kept) == kept for name in _WISHES for kept in [getattr(patient, name)]):
                continue
            try:
                with transaction.atomic():
                    write_wishes(patient, said[patient.id], now=self._now)
                self._changed(patient.id)
            except DomainError as error:
                # The rest of the row is kept; the answer says what was not.
                self._of_patient[patient.id].error = error

    def _changed(self, id: UUID) -> None:
        result = self._of_patient[id]
        if result.outcome == Outcome.UNCHANGED:
            result.outcome = Outcome.UPDATED

    def _tell(self) -> None:
        """One entry in the trail that names them all; an event for each."""
        told = {Outcome.CREATED: "patient.enrolled", Outcome.UPDATED: "patient.changed"}
        by_kind = {
            kind: [result.id for result in self._results if result.outcome == outcome and result.id]
            for outcome, kind in told.items()
        }
        for kind, ids in by_kind.items():
            publish_of_many(kind, model=Patient, ids=ids)
        counts = {outcome.value: sum(one.outcome == outcome for one in self._results) for outcome in Outcome}
        audit.record("patients.written", patients=[one.id for one in self._results if one.id], detail=counts)
