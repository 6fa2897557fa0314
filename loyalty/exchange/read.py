"""Reading of a resource: plain values, and one entry in the trail that names everybody who is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from core.errors import NotFound
from core.prepared import Prepared
from loyalty.exchange.follow import Mark, following
from loyalty.exchange.resource import Resource, Row

_NOBODY = UUID(int=0)
# Values that stand nowhere else in a statement.
_STAND_INS = {"written_in": 7_310_584_035_127_921, "id": UUID(int=7_310_584_035), "since": 6_310_584_035_127_921}


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
    """next: where the following page begins, None where this is the last."""

    rows: list[Row]
    next: Mark | None


def read_page(resource: Resource, asked: Asked) -> Page:
    """One query, and one for what is kept in other tables."""
    if resource.is_steady and not asked.filters and not asked.fields:
        found = [dict(row) for row in _walked(resource, asked)]
    else:
        rows = resource.rows()
        for name, value in asked.filters.items():
            rows = rows.filter(resource.filters[name].where(value, asked.application_id))
        found = [dict(row) for row in _page(resource, rows, asked)]
    page = found[: asked.size]
    last = Mark(page[-1]["written_in"], page[-1]["id"]) if len(found) > asked.size else None
    return Page(_complete(resource, page, asked.application_id, asked.fields, record=True), last)


def read_one(resource: Resource, row_id: UUID, *, application_id: UUID) -> Row:
    """Raises NotFound."""
    return _one(resource, row_id, application_id, record=True)


def row_of(resource: Resource, row_id: UUID, *, application_id: UUID) -> Row:
    """As `read_one`, for an action that leaves an entry of its own."""
    return _one(resource, row_id, application_id, record=False)


def _one(resource: Resource, row_id: UUID, application_id: UUID, *, record: bool) -> Row:
    found = [dict(row) for row in _values(resource, resource.rows().filter(id=row_id), ())]
    if not found:
        raise NotFound(f"{resource.name}_missing", "There is no such record.")
    return _complete(resource, found, application_id, (), record=record)[0]


def _page(resource: Resource, rows: QuerySet[Any], asked: Asked) -> QuerySet[Any, Any]:
    """One more than is given: whether another page follows, without counting."""
    return _values(resource, following(rows, after=asked.after, since=asked.since)[: asked.size + 1], asked.fields)


def _walked(resource: Resource, asked: Asked) -> QuerySet[Any, Any]:
    """As `_page` without filters. Walks are most of what is asked, and building their statement takes as long as all
    the rest of reading it."""
    values: dict[str, Any] = {}
    if asked.after is not None:
        values = {"written_in": asked.after.written_in, "id": asked.after.id}
    elif asked.since:
        values = {"since": asked.since}
    return _prepared(resource, asked.size, tuple(values)).rows(**values)


# A size for each of 200, three ways to go on, and the few resources that are steady.
@lru_cache(maxsize=1_200)
def _prepared(resource: Resource, size: int, given: tuple[str, ...]) -> Prepared[Any]:
    def made(written_in: int = 0, id: UUID | None = None, since: int = 0) -> QuerySet[Any, Any]:
        after = Mark(written_in, id) if id is not None else None
        return _page(resource, resource.rows(), Asked(_NOBODY, size, after=after, since=since))

    return Prepared(made, **{name: _STAND_INS[name] for name in given})


def _values(resource: Resource, rows: QuerySet[Any], fields: Sequence[str]) -> QuerySet[Any, Any]:
    columns = [name for name in resource.columns if not fields or name in fields]
    needed = ["id", "written_in", *([resource.patient] if resource.patient else [])]
    return rows.values(*dict.fromkeys([*columns, *needed]))


def _complete(
    resource: Resource, rows: list[Row], application_id: UUID, fields: Sequence[str], *, record: bool
) -> list[Row]:
    if record and resource.sent:
        named = {resource.listed: [str(row["id"]) for row in rows]} if resource.listed else None
        audit.record(resource.sent, patients=_people(resource, rows), detail=named)
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


def _people(resource: Resource, rows: Iterable[Row]) -> set[UUID]:
    return {row[resource.patient] for row in rows if resource.patient and row[resource.patient] is not None}
