"""What is wrong with rows, kept beside the import until it is gone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows
from core.ids import uuid7
from core.sheets.cells.faults import Issue
from loyalty.models import ImportIssue

_LONGEST_COLUMN, _LONGEST_REASON = 200, 400


def keep_issues(import_id: UUID, issues: Iterable[Issue], *, now: datetime) -> tuple[int, int]:
    """Writes them; returns (rows that do not land, rows that land without a part)."""
    refused: set[int] = set()
    remarked: set[int] = set()
    rows: list[tuple[object, ...]] = []
    for one in issues:
        (remarked if one.lands else refused).add(one.row)
        reason = one.reason[:1].upper() + one.reason[1:_LONGEST_REASON]
        rows.append((uuid7(), import_id, one.row, one.column[:_LONGEST_COLUMN], reason, one.lands))
    copy_rows(ImportIssue, ("id", "of_id", "row", "column", "reason", "lands"), rows, now=now)
    return len(refused), len(remarked - refused)
