"""Many rows in one statement: COPY for new ones, one UPDATE for changed ones."""

# ruff: noqa: S608 - the statements are put together from names of models and columns

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, GeneratedField, Model

Values = tuple[Any, ...]


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Values], *, now: datetime) -> None:
    """Add rows by COPY. columns: the model's attributes that each row holds; every other one takes its default.

    `created_at` and `updated_at` become `now`. Raises IntegrityError, as an INSERT would.
    """
    others = {"created_at": now, "updated_at": now} | _defaults(model, columns)
    names = ", ".join(_column(model, name) for name in (*columns, *others))
    ends = tuple(others.values())
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {_table(model)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((*row, *ends))


def insert_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Values], *, now: datetime) -> None:
    """As `copy_rows`, by one INSERT: for tables behind the gate, which row-level security keeps from COPY."""
    if not rows:
        return
    others = {"created_at": now, "updated_at": now} | _defaults(model, columns)
    names = ", ".join(_column(model, name) for name in (*columns, *others))
    arrays = ", ".join(f"%s::{_array_type(_field(model, name))}" for name in columns)
    given = ", ".join(["n.*", *("%s" for _ in others)])
    statement = f"INSERT INTO {_table(model)} ({names}) SELECT {given} FROM unnest({arrays}) AS n"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*others.values(), *map(list, zip(*rows, strict=True))])


def update_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Values], *, now: datetime) -> None:
    """Change rows by one UPDATE. columns: "id" first, then what is set; `updated_at` becomes `now`."""
    if not rows:
        return
    id, *others = (_column(model, name) for name in columns)
    sets = ", ".join([*(f"{name} = n.{name}" for name in others), "updated_at = %s"])
    arrays = ", ".join(f"%s::{_array_type(_field(model, name))}" for name in columns)
    statement = (
        f"UPDATE {_table(model)} AS t SET {sets} FROM unnest({arrays}) AS n ({', '.join([id, *others])})"
        f" WHERE t.{id} = n.{id}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [now, *map(list, zip(*rows, strict=True))])


def select_rows(model: type[Model], columns: Sequence[str], condition: str, parameters: Sequence[Any]) -> list[Values]:
    """The columns of the rows where the SQL `condition` holds."""
    names = ", ".join(_column(model, name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {_table(model)} WHERE {condition}", parameters)
        return list(cursor.fetchall())


def _defaults(model: type[Model], given: Sequence[str]) -> dict[str, Any]:
    return {
        field.attname: field.get_default()
        for field in model._meta.local_concrete_fields
        if not isinstance(field, GeneratedField) and field.attname not in (*given, "created_at", "updated_at")
    }


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(model: type[Model], name: str) -> str:
    return connection.ops.quote_name(_field(model, name).column or name)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.local_concrete_fields if field.attname == name)


def _array_type(field: "Field[Any, Any]") -> str:
    """The array of the column's type. A cast to varchar(n) would cut values in silence; as text they are refused."""
    kind = field.db_type(connection) or "text"
    return ("text" if kind.startswith("varchar") else kind) + "[]"
