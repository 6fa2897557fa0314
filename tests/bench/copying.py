"""Rows into a practice's tables by COPY: every column that the model has, its default where nothing is given."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db import models

from tests.bench.network import as_owner

Values = Mapping[str, Any]


def copy(schema: str, model: type[models.Model], rows: Iterable[Values], *, now: datetime) -> int:
    """`rows` by attribute name ("patient_id"); returns how many there were."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    filled = [(field.attname, _default(field, now)) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    count = 0
    with as_owner() as cursor, cursor.copy(f'COPY "{schema}"."{model._meta.db_table}" ({columns}) FROM STDIN') as out:
        for row in rows:
            out.write_row([row[name] if name in row else default() for name, default in filled])
            count += 1
    return count


def _default(field: "models.Field[Any, Any]", now: datetime) -> Callable[[], Any]:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda: now
    value = field.get_default()
    return field.get_default if callable(field.default) else lambda: value


def keys(random: Random, *, first: datetime) -> Callable[[], UUID]:
    """Time-ordered keys, a millisecond apart, the same in every run."""
    milliseconds = int(first.timestamp() * 1000)

    def next_key() -> UUID:
        nonlocal milliseconds
        milliseconds += 1
        return UUID(int=milliseconds << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62))

    return next_key


def settle(schema: str) -> None:
    """What autovacuum would have done by the time that somebody looks: to every table, those that triggers fill too."""
    with as_owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [schema])
        tables = ", ".join(f'"{schema}"."{name}"' for (name,) in cursor.fetchall())
        cursor.execute(f"VACUUM (ANALYZE) {tables}")
