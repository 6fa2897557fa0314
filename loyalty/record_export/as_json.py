"""A patient's record as JSON: everything, table by table, written piece by piece."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from loyalty.record_export.rows import Sight, tables_of

ABOUT = (
    "Everything that is kept of one patient: each table by its name, each row with all of its columns. Rows refer to "
    "each other by id. Times are in UTC."
)


def json_pieces(patient_id: UUID, *, practice: str, sight: Sight, now: datetime) -> Iterator[str]:
    """The pieces of one JSON document."""
    head = {"about": ABOUT, "practice": practice, "exported_at": now}
    yield f'{{{_text(head)[1:-1]}, "tables": {{'
    for place, (name, rows) in enumerate(tables_of(patient_id, sight=sight)):
        yield f"{',' if place else ''}\n{_text(name)}: ["
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n  {_text(row)}"
        yield "]"
    yield "\n}}\n"


def _text(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
