"""The rows of a list written as JSON by the database: our process never takes them apart.

Each is what `read_one` gives, to the letter: the same names in the same order, times in RFC 3339 with a Z.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from core.exchange.resource import Resource

_SECONDS = """'YYYY-MM-DD"T"HH24:MI:SS"Z"'"""
_MICROSECONDS = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""


def as_json(
    resource: Resource, rows: QuerySet[Any], kept: Sequence[str], application_id: UUID
) -> list[tuple[int, UUID, UUID | None, str]]:
    """(written_in, id, whose, the row as JSON) of each. kept: names of its fields."""
    model: Any = resource.rows().model
    statement, needs = _statement(model, tuple(resource.in_sql.items()), tuple(kept))
    own = [value for name in needs for value in resource.in_sql[name][1](application_id)]
    whose = resource.patient or "id"
    # The statement is made of names in our code; what a program sends are its parameters.
    return list(rows.values_list("written_in", "id", whose, RawSQL(statement, own)))  # noqa: S611


@cache
def _statement(model: type[models.Model], in_sql: tuple[Any, ...], kept: tuple[str, ...]) -> tuple[str, list[str]]:
    """The expression, and the names whose own parameters it has, in order."""
    own = dict(in_sql)
    pairs = [f"'{name}', {own[name][0] if name in own else _value(model, name)}" for name in kept]
    # A call takes a hundred arguments: twice fifty.
    if len(pairs) > 50:
        raise ValueError(f"{model._meta.label} has more fields than one call takes")
    return f"json_build_object({', '.join(pairs)})::text", [name for name in kept if name in own]


def _value(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    column = f'"{model._meta.db_table}"."{field.column}"'  # type: ignore[union-attr]
    if not isinstance(field, models.DateTimeField):
        return column
    utc = f"{column} AT TIME ZONE 'UTC'"
    return (
        f"CASE WHEN date_trunc('second', {column}) = {column} THEN to_char({utc}, {_SECONDS})"
        f" ELSE to_char({utc}, {_MICROSECONDS}) END"
    )
