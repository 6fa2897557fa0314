"""Reading of a resource: plain values, and one entry in the trail that names everybody who is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from core.errors import NotFound
from core.exchange.as_json import as_json
from core.exchange.follow import Mark, following
from core.exchange.resource import Resource, Row


@dataclass(frozen=True, slots=True)
class Asked:
    """since: a transaction, 0 for everything. fields: of each row, none for all. filters: name → value."""

    application_id: UUID
    size: int
    after: Mark | None = None
    since: int = 0
    fields: Sequence[str] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """rows: each as JSON. next: where the following page begins, None where this is the last."""

    rows: list[str]
    next: Mark | None


def read_page(resource: Resource, asked: Asked) -> Page:
    """One query."""
    rows = resource.rows()
    for name, value in asked.filters.items():
        rows = rows.filter(resource.filters[name].where(value, asked.application_id))
    # One more than is given: whether another page follows, without counting.
    rows = following(rows, after=asked.after, since=asked.since)[: asked.size + 1]
    found = as_json(resource, rows, asked.fields or resource.fields, asked.application_id)
    page = found[: asked.size]
    last = Mark(*page[-1][:2]) if len(found) > asked.size else None
    whose = {patient for _, _, patient, _ in page if patient is not None} if resource.patient else set()
    _record(resource, [id for _, id, _, _ in page], whose)
    return Page([row for _, _, _, row in page], last)


def read_one(resource: Resource, row_id: UUID, *, application_id: UUID) -> Row:
    """Raises NotFound."""
    return _one(resource, row_id, application_id, record=True)


def row_of(resource: Resource, row_id: UUID, *, application_id: UUID) -> Row:
    """As `read_one`, for an action that leaves an entry of its own."""
    return _one(resource, row_id, application_id, record=False)


def _one(resource: Resource, row_id: UUID, application_id: UUID, *, record: bool) -> Row:
    found = _values(resource, resource.rows().filter(id=row_id), ())
    if not found:
        raise NotFound(f"{resource.name}_missing", "There is no such record.")
    return _complete(resource, found, application_id, (), record=record)[0]


def _values(resource: Resource, rows: QuerySet[Any], fields: Sequence[str]) -> list[Row]:
    columns = [name for name in resource.columns if not fields or name in fields]
    needed = ["id", "written_in", *([resource.patient] if resource.patient else [])]
    return [dict(row) for row in rows.values(*dict.fromkeys([*columns, *needed]))]


def _complete(
    resource: Resource, rows: list[Row], application_id: UUID, fields: Sequence[str], *, record: bool
) -> list[Row]:
    if record:
        _record(resource, [row["id"] for row in rows], _people(resource, rows))
    for name, shown in resource.shown.items():
        for row in rows:
            if name in row:
                row[name] = shown(row[name], application_id)
    if rows and resource.add is not None and (not fields or not set(fields).isdisjoint(resource.added)):
        found = resource.add([row["id"] for row in rows], application_id)
        for row in rows:
            row |= found[row["id"]]
    kept = fields or resource.fields
    return [{name: row[name] for name in kept} for row in rows]


def _record(resource: Resource, ids: Iterable[UUID], patients: Iterable[UUID]) -> None:
    if resource.sent:
        named = {resource.listed: [str(id) for id in ids]} if resource.listed else None
        audit.record(resource.sent, patients=patients, detail=named)


def _people(resource: Resource, rows: Iterable[Row]) -> set[UUID]:
    return {row[resource.patient] for row in rows if resource.patient and row[resource.patient] is not None}
