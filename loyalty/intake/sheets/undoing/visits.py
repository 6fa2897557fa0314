"""Visits are taken back: those that the import made are removed, the others are as they were."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from loyalty.intake.sheets.undoing.restored import restore
from loyalty.intake.sheets.undoing.taken import Taken
from loyalty.intake.sheets.undoing.touched import depended_on
from loyalty.models import Import, ImportedRow, Visit, VisitIdentifier
from loyalty.touchpoints.follow import move_planned
from loyalty.touchpoints.plan import OPEN

_LEDGER = ("loyalty_importedrow",)


# The ids that an import gave, as it gave them.
_OWN = "created_at = ANY(%s) AND updated_at = created_at"
_IDENTIFIERS = VisitIdentifier._meta.db_table


def take_back_visits(rows: Sequence[ImportedRow], *, of: Import, now: datetime) -> Taken:
    """In the caller's transaction. A visit that was changed since, or to which something belongs, is kept."""
    ids = [row.visit_id for row in rows if row.visit_id]
    now_at = dict(Visit.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id", "updated_at"))
    made = [row.visit_id for row in rows if row.before is None and row.visit_id]
    needed = depended_on(Visit, made, but=_LEDGER, own={_IDENTIFIERS: _OWN}, moments=of.moments)
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
    _remove_identifiers([*gone, *(id for id, _ in back)], of)
    _move_back([id for id, row in back if "starts_at" in (row.before or {})], now=now)
    ImportedRow.objects.filter(visit__in=gone).delete()
    Visit.objects.filter(id__in=gone)._raw_delete("default")
    taken.removed, taken.restored = len(gone), len(back)
    return taken


def _remove_identifiers(visits: Sequence[UUID], of: Import) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {_IDENTIFIERS} WHERE visit_id = ANY(%s) AND {_OWN}",  # noqa: S608 - names of models
            [list(visits), of.moments],
        )


def _move_back(visits: Sequence[UUID], *, now: datetime) -> None:
    """What is planned for them follows once more. What was called off stays so: somebody may have noticed."""
    for visit in Visit.objects.filter(id__in=visits, touchpoints__state__in=OPEN).distinct().select_related("location"):
        move_planned(visit, now=now)
