"""What an import did to which record, written in the transaction that did it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from core.copying import copy_rows
from core.ids import uuid7
from loyalty.models import ImportedRow

_COLUMNS = ("id", "of_id", "row", "patient_id", "visit_id", "before", "left_at")
# What was written twice by one import keeps what was there before the first time.
_AGAIN = """
UPDATE loyalty_importedrow SET left_at = %s
WHERE of_id = %s AND {key} = ANY(%s) AND {which} RETURNING {key}
"""


@dataclass(frozen=True, slots=True)
class Done:
    """before: the columns that were changed, as they were; None for a record that was made."""

    row: int
    patient_id: UUID
    visit_id: UUID | None = None
    before: Mapping[str, Any] | None = None


def write(import_id: UUID, done: Sequence[Done], *, at: datetime) -> None:
    """at: `updated_at` of the records as they are left now."""
    again = _written_again(import_id, [one.patient_id for one in done if one.visit_id is None and _was(one)], at)
    again |= _written_again(import_id, [one.visit_id for one in done if one.visit_id and _was(one)], at, visits=True)
    rows = [
        (uuid7(), import_id, one.row, one.patient_id, one.visit_id, _json(one.before), at)
        for one in done
        if not (_was(one) and (one.visit_id or one.patient_id) in again)
    ]
    copy_rows(ImportedRow, _COLUMNS, rows, now=at)


def _was(one: Done) -> bool:
    return one.before is not None


def _written_again(import_id: UUID, ids: Sequence[UUID], at: datetime, *, visits: bool = False) -> set[UUID]:
    if not ids:
        return set()
    key, which = ("visit_id", "TRUE") if visits else ("patient_id", "visit_id IS NULL")
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN.format(key=key, which=which), [at, import_id, list(ids)])
        return {id for (id,) in cursor.fetchall()}


def _json(before: Mapping[str, Any] | None) -> str | None:
    return None if before is None else json.dumps(before, default=str)
