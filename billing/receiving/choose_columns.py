"""Somebody says what the columns of a file hold; then it is read."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from billing.receiving import columns
from billing.receiving.find import locked
from billing.receiving.jobs import read_file
from billing.receiving.models import FileState, PurchaseFile
from core import audit
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from core.sheets.cells.dates import DAY_FIRST, MONTH_FIRST
from core.tenancy.scope import current_practice


def choose_columns(*, file_id: UUID, mapping: Mapping[str, int], date_order: str) -> PurchaseFile:
    """mapping: key of columns.COLUMNS → place of the column, from 0.

    Raises NotFound; Conflict where it is being read already; DomainError for columns that are missing or given twice.
    """
    if date_order not in (MONTH_FIRST, DAY_FIRST):
        raise DomainError("date_order", "Say whether the month or the day comes first.", field="date_order")
    with transaction.atomic():
        of = locked(file_id)
        if of.state != FileState.OPEN:
            raise Conflict("file_went_on", "This file is being read already, or was. Its columns stay as they are.")
        if unknown := [key for key, at in mapping.items() if key not in columns.BY_KEY or not 0 <= at < len(of.header)]:
            raise DomainError("column_unknown", "The file has no such column. Choose another one.", field=unknown[0])
        columns.check(mapping)
        of.mapping, of.date_order, of.state = dict(mapping), date_order, FileState.WAITING
        of.save(update_fields=["mapping", "date_order", "state", "updated_at"])
        audit.record("purchases.begun", subject=of)
        enqueue(read_file, practice_id=current_practice().id, swept=True, file_id=str(of.id))
    return of
