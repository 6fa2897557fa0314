"""The JSON Schema of an import, of its columns, its preview and its errors."""

from api.openapi.bodies import UUID
from api.openapi.rows import COUNT, FLAG, MOMENT, TEXT, exactly, nullable
from loyalty.intake.preview import FOUND, KNOWN, READY, REFUSED, REMARK
from loyalty.intake.sheets.questions import ASKED
from loyalty.models import ImportKind, ImportState

_COUNTS = ("rows", "new", "changed", "unchanged", "refused", "remarked", "removed", "restored", "kept")
IMPORT = exactly(
    {
        "id": UUID,
        "kind": {"type": "string", "enum": ImportKind.values},
        "state": {"type": "string", "enum": ImportState.values},
        "file_name": TEXT,
        "file_type": TEXT,
        "size": COUNT,
        "encoding": TEXT,
        "separator": TEXT,
        "sheet": TEXT,
        "sheets": {"type": "array", "items": TEXT},
        "header_row": nullable(COUNT),
        "header": {"type": "array", "items": TEXT},
        "mapping": {"type": "array", "items": TEXT},
        "asks": {"type": "array", "items": {"type": "string", "enum": list(ASKED)}},
        "known_as": TEXT,
        "date_order": {"type": "string", "enum": ["", "mdy", "dmy"]},
        "location_id": nullable(dict(UUID)),
        **dict.fromkeys(_COUNTS, COUNT),
        "failure": TEXT,
        "created_at": MOMENT,
        **{name: nullable(MOMENT) for name in ("started_at", "finished_at", "undone_at")},
        "done": COUNT,
        "total": COUNT,
        "is_at_work": FLAG,
        "may_undo": FLAG,
        "undo_until": nullable(MOMENT),
    }
)
IMPORT_COLUMNS = exactly(
    {
        "columns": {
            "type": "array",
            "items": exactly(
                {"name": TEXT, "samples": {"type": "array", "items": TEXT}, "becomes": TEXT, "left_out": TEXT}
            ),
        },
        "fields": {"type": "array", "items": exactly({"key": TEXT, "name": TEXT})},
        "locations": {"type": "array", "items": exactly({"id": UUID, "name": TEXT})},
        "asks_date_order": FLAG,
    }
)
IMPORT_PREVIEW = exactly(
    {
        "labels": {"type": "array", "items": TEXT},
        "rows": {
            "type": "array",
            "items": exactly(
                {
                    "row": COUNT,
                    "name": TEXT,
                    "cells": {"type": "array", "items": TEXT},
                    "result": {"type": "string", "enum": [READY, KNOWN, FOUND, REMARK, REFUSED]},
                    "words": TEXT,
                }
            ),
        },
    }
)
IMPORT_ERROR = exactly({"row": COUNT, "column": TEXT, "reason": TEXT, "lands": FLAG})
