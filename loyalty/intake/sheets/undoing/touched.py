"""Which records somebody has come to depend on since they were imported: the database's own keys say so."""

# ruff: noqa: S608 - names of tables and columns come from the database's catalogue

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

_KEYS = """
SELECT child.relname, attribute.attname FROM pg_constraint k
JOIN pg_class child ON child.oid = k.conrelid
JOIN pg_attribute attribute ON attribute.attrelid = k.conrelid AND attribute.attnum = k.conkey[1]
WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1
  AND k.confrelid = (quote_ident(current_schema()) || '.' || quote_ident(%s))::regclass
"""


def depended_on(
    model: type[Model],
    ids: Sequence[UUID],
    *,
    but: Collection[str],
    own: Mapping[str, str] | None = None,
    moments: Sequence[datetime] = (),
) -> set[UUID]:
    """Those of `ids` that a row of another table refers to. but: tables that do not count.

    own: table → SQL of a condition under which a row is the import's own and does not count; `moments` is its
    parameter.
    """
    found: set[UUID] = set()
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [model._meta.db_table])
        keys = sorted(set(cursor.fetchall()))
        for table, column in keys:
            if table in but:
                continue
            name, key = connection.ops.quote_name(table), connection.ops.quote_name(column)
            statement = f"SELECT DISTINCT {key} FROM {name} WHERE {key} = ANY(%s)"
            parameters: list[Any] = [list(ids)]
            if own and table in own:
                statement += f" AND NOT ({own[table]})"
                parameters.append(list(moments))
            cursor.execute(statement, parameters)
            found |= {id for (id,) in cursor.fetchall()}
    return found


def without_keys(model: type[Model], ids: Sequence[UUID]) -> list[UUID]:
    """Those of `ids` that nothing refers to."""
    held = depended_on(model, ids, but=())
    return [id for id in ids if id not in held]
