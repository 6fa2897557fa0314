"""Visits are taken back: those that the import made are removed, the others are as they were."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from loyalty.intake.sheets.undoing.restored import restore
from loyalty.intake.sheets.undoing.taken import Taken
from loyalty.intake.sheets.undoing.touched import depended_on
from loyalty.models import ImportedRow, Visit

_LEDGER = ("loyalty_importedrow",)


def take_back_visits(rows: Sequence[ImportedRow], *, now: datetime) -> Taken:
    """In the caller's transaction. A visit that was changed since, or to which something belongs, is kept."""
    ids = [row.visit_id for row in rows if row.visit_id]
    now_at = dict(Visit.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id", "updated_at"))
    made = [row.visit_id for row in rows if row.before is None and row.visit_id]
    needed = depended_on(Visit, made, but=_LEDGER)
    taken = Taken()
    gone: list[UUID] = []
    back: list[tuple[UUID, ImportedRow]] = []
    for row in rows:
        visit = row.visit_id
        if visit is None or now_at.get(visit) != row.left_at or (row.before is None and visit in needed):
            taken.kept.append(row.id)
        elif row.before is None:
            gone.append(visit)
        else:
            back.append((visit, row))
    restore(Visit, back, now=now)
    ImportedRow.objects.filter(visit__in=gone).delete()
    Visit.objects.filter(id__in=gone)._raw_delete("default")
    taken.removed, taken.restored = len(gone), len(back)
    return taken
