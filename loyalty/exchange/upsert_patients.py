"""Many patients at once, each found by the program's own id: written down if they are new, changed if they are not.

By the same rules as one at a time, in statements for all of them: how many does not depend on how many rows there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from core.copying import copy_rows, select_rows, update_rows
from core.errors import Conflict, DomainError
from core.exchange.external_id import system_of
from core.given_text import is_visible
from core.ids import uuid7
from core.outbox.publish import publish_each
from core.violated import violated
from loyalty.exchange.upsert_points import PointsOfMany
from loyalty.exchange.write_patient import BIRTH, TYPED, WISHES, asked_wishes, birth_place
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.known_patients import owners_of, record_numbers_taken
from loyalty.models import Patient, PatientIdentifier, Wish
from loyalty.patients.details import record_number_taken
from loyalty.patients.partial_date import FURTHEST_EAST, checked_birth
from loyalty.patients.replace_contact_points import check_list
from loyalty.patients.wishes import check_died_on, write_down

DETAILS = (*TYPED, *BIRTH, "language", "preferred_channel")
COLUMNS = (*DETAILS, *WISHES)
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(DETAILS, ""),
    **dict.fromkeys(Wish.values, False),
    **dict.fromkeys((*BIRTH, "deceased_on"), None),
}


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Result:
    """What became of one row. id: the patient's; None where the row was refused.

    errors: why it was, or what of a row that was kept is not as it was sent, because the patient asked otherwise.
    """

    external_id: str
    outcome: Outcome
    id: UUID | None = None
    errors: list[DomainError] = field(default_factory=list)


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
        raise _meanwhile() from None


def _meanwhile() -> Conflict:
    return Conflict("written_meanwhile", "Another request wrote some of them at this moment. Send it again.")


class _Upsert:
    def __init__(self, rows: Sequence[Mapping[str, Any]], application_id: UUID, now: datetime) -> None:
        self._rows, self._now = rows, now
        self._system = system_of(application_id)
        self._results = [Result(row["external_id"], Outcome.UNCHANGED) for row in rows]
        owners = owners_of([Identifier(self._system, row["external_id"]) for row in rows])
        self._ids = [owners.get(Identifier(self._system, row["external_id"])) for row in rows]
        known = {id for id in self._ids if id}
        # In order, as every action locks them: two requests about the same patients wait and do not block each other.
        found = select_rows(
            Patient,
            ("id", *COLUMNS),
            "id = ANY(%s) AND merged_into_id IS NULL ORDER BY id FOR NO KEY UPDATE",
            [list(known)],
        )
        self._known = {id: dict(zip(COLUMNS, values, strict=True)) for id, *values in found}
        if known - self._known.keys():
            # Merged or erased since we asked whose ids these are.
            raise _meanwhile()
        self._today = (now + FURTHEST_EAST).date()
        self._noted: list[tuple[UUID, Wish, bool]] = []

    def run(self) -> list[Result]:
        new, changed = self._sort()
        points = self._points()
        copy_rows(Patient, ("id", *COLUMNS), new, now=self._now)
        update_rows(Patient, ("id", *COLUMNS), changed, now=self._now)
        self._write_ids()
        points.write(now=self._now)
        write_down(self._noted, by_person_id=None, now=self._now)
        self._tell()
        return self._results

    def _sort(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        numbers = record_numbers_taken([row["record_number"] for row in self._rows if row.get("record_number")])
        new: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        seen: set[object] = set()
        for row, result, id in zip(self._rows, self._results, self._ids, strict=True):
            before = self._known[id] if id else _EMPTY
            try:
                named = {id or row["external_id"], row["external_id"]}
                if named & seen:
                    raise DomainError("row_twice", "This patient is in the list twice.", field="external_id")
                seen |= named
                result.id = id or uuid7()
                after = before | {name: row[name] for name in DETAILS if name in row}
                self._check(after, result.id, numbers)
                check_list(row.get("contact_points", ()))
            except DomainError as error:
                result.id, result.outcome, result.errors = None, Outcome.REFUSED, [error]
                continue
            after |= self._wishes(row, before, result)
            values = (result.id, *(after[name] for name in COLUMNS))
            if id is None:
                result.outcome = Outcome.CREATED
                new.append(values)
            elif after != before:
                result.outcome = Outcome.UPDATED
                changed.append(values)
        return new, changed

    def _check(self, after: dict[str, Any], id: UUID, numbers: dict[str, UUID]) -> None:
        if not is_visible(after["given_name"] + after["family_name"] + after["preferred_name"]):
            raise DomainError("name_missing", "Give at least one name.", field="given_name")
        try:
            checked_birth((after["birth_year"], after["birth_month"], after["birth_day"]), today=self._today)
        except DomainError as error:
            raise DomainError(error.code, error.message, field=birth_place(error)) from None
        number = after["record_number"]
        if number and numbers.setdefault(number, id) != id:
            raise record_number_taken(number)

    def _wishes(self, row: Mapping[str, Any], before: Mapping[str, Any], result: Result) -> dict[str, Any]:
        """What they are then. Where one is taken back the rest of the row is kept; the answer says what was not."""
        try:
            new, died_on = asked_wishes(row, kept=before)
            check_died_on(died_on, has_died=Wish.DECEASED in new, now=self._now)
        except DomainError as error:
            result.errors.append(error)
            return {}
        if result.id:
            self._noted += [(result.id, wish, True) for wish in new if not before[wish.value]]
        died = {"deceased_on": died_on} if Wish.DECEASED in new else {}
        return {wish.value: True for wish in new} | died

    def _points(self) -> PointsOfMany:
        """As of wishes: what the patient asked for is kept, and the answer says so."""
        said = {id: row["contact_points"] for row, id, _ in self._kept() if "contact_points" in row}
        points = PointsOfMany(said, known=said.keys() & self._known.keys())
        of_patient = {id: result for _, id, result in self._kept()}
        for id, error in points.refused.items():
            of_patient[id].errors.append(error)
        for id in points.changed:
            if of_patient[id].outcome == Outcome.UNCHANGED:
                of_patient[id].outcome = Outcome.UPDATED
        return points

    def _kept(self) -> Iterator[tuple[Mapping[str, Any], UUID, Result]]:
        for row, result in zip(self._rows, self._results, strict=True):
            if result.id is not None:
                yield row, result.id, result

    def _write_ids(self) -> None:
        new = [
            (uuid7(), id, self._system, row["external_id"])
            for row, id, result in self._kept()
            if result.outcome == Outcome.CREATED
        ]
        copy_rows(PatientIdentifier, ("id", "patient_id", "system", "value"), new, now=self._now)

    def _tell(self) -> None:
        """One entry in the trail that names them all; an event for each."""
        publish_each("patient.enrolled", model=Patient, whom=self._whom(Outcome.CREATED))
        publish_each("patient.changed", model=Patient, whom=self._whom(Outcome.UPDATED))
        counts = {outcome.value: sum(one.outcome == outcome for one in self._results) for outcome in Outcome}
        audit.record("patients.written", patients=[id for _, id, _ in self._kept()], detail=counts)

    def _whom(self, outcome: Outcome) -> dict[UUID, UUID]:
        return {id: id for _, id, result in self._kept() if result.outcome == outcome}
