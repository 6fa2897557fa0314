"""Finds the visits of a table among those that the practice has."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.copying import select_rows
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.visit_columns import COLUMNS, VisitColumns
from loyalty.intake.sheets.cells.visit_row import VisitCells
from loyalty.intake.sheets.loading.known import uuid_of
from loyalty.intake.sheets.loading.source import visit_key
from loyalty.models import Visit, VisitIdentifier

_READ = ("id", "external_id", "updated_at", *COLUMNS)
_AT_THE_SAME_TIME = "(patient_id, starts_at) IN (SELECT * FROM unnest(%s::uuid[], %s::timestamptz[]))"


@dataclass(frozen=True, slots=True)
class KnownVisit:
    id: UUID
    updated_at: datetime
    columns: VisitColumns


def keys_of(one: VisitCells, patient: UUID | None, known_as: str) -> list[Hashable]:
    """What makes a row the same visit as another: its number, else its patient and time; and each own id."""
    first = (visit_key(known_as, one.visit_id),) if one.visit_id else (patient, one.starts_at)
    return [first, *((own.system, own.value) for own in one.own_ids)]


def known_visits(
    rows: Sequence[VisitCells],
    patients: Mapping[int, UUID],
    owners: Mapping[Identifier, UUID],
    known_as: str,
    *,
    lock: bool = False,
) -> dict[int, KnownVisit]:
    """Those the practice has, by row: by the number, else by an own id, else by ours where the row names the visit by
    it; a row without a number by its patient and time. owners: of `visit_owners`. patients: of the rows without.
    """
    end = " ORDER BY id FOR UPDATE" if lock else ""
    keys = {one.row: visit_key(known_as, one.visit_id) for one in rows if one.visit_id}
    ours = {one.row: id for one in rows if (id := uuid_of(one.visit_id))}
    numbered = f"external_id = ANY(%s) AND external_id <> ''{end}"
    by_key = dict(_selected(numbered, [list(keys.values())])) if keys else {}
    ids = [*ours.values(), *owners.values()]
    by_id = {one.id: one for _, one in _selected(f"id = ANY(%s){end}", [ids])} if ids else {}
    at_the_time = _at_the_time([one for one in rows if not one.visit_id], patients, end=end)
    found: dict[int, KnownVisit] = {}
    for one in rows:
        own = next((owners[own] for own in one.own_ids if own in owners), _NO_VISIT)
        if one.visit_id:
            here = by_key.get(keys[one.row]) or by_id.get(own) or by_id.get(ours.get(one.row, _NO_VISIT))
        else:
            here = by_id.get(own) or at_the_time.get((patients[one.row], one.starts_at))
        if here is not None:
            found[one.row] = here
    return found


def visit_owners(rows: Sequence[VisitCells]) -> dict[Identifier, UUID]:
    """Which visit holds each own id of these rows."""
    asked = [own for one in rows for own in one.own_ids]
    if not asked:
        return {}
    condition = "(system, value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
    held = select_rows(
        VisitIdentifier,
        ("system", "value", "visit_id"),
        condition,
        [[one.system for one in asked], [one.value for one in asked]],
    )
    return {Identifier(system, value): visit for system, value, visit in held}


def _at_the_time(
    rows: Sequence[VisitCells], patients: Mapping[int, UUID], *, end: str
) -> dict[tuple[UUID, datetime], KnownVisit]:
    if not rows:
        return {}
    times = [[patients[one.row] for one in rows], [one.starts_at for one in rows]]
    found = _selected(f"{_AT_THE_SAME_TIME}{end}", times)
    return {(one.columns.patient_id, one.columns.starts_at): one for _, one in found}


def _selected(condition: str, parameters: Sequence[Any]) -> list[tuple[str, KnownVisit]]:
    """By the number that an import gave."""
    rows = select_rows(Visit, _READ, condition, parameters)
    return [(key, KnownVisit(id, updated, VisitColumns(*values))) for id, key, updated, *values in rows]


_NO_VISIT = UUID(int=0)
