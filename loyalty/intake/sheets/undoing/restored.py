"""Puts columns back as they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from core.copying import update_rows
from loyalty.models import ImportedRow

UPDATED = "updated_at"


def restore(model: type[Model], rows: Sequence[tuple[Any, ImportedRow]], *, now: datetime) -> None:
    """rows: (key of the record, its row of the ledger, with what was there before). Values pass as JSON wrote them."""
    by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for key, row in rows:
        before = {name: value for name, value in (row.before or {}).items() if name != UPDATED}
        columns = tuple(sorted(before))
        by_columns.setdefault(columns, []).append((key, *(before[name] for name in columns)))
    for columns, values in by_columns.items():
        update_rows(model, ("id", *columns), values, now=now)
