"""Patients are taken back: those that the import made are removed, the others are as they were."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from loyalty.intake.sheets.undoing.restored import UPDATED, restore
from loyalty.intake.sheets.undoing.taken import Taken
from loyalty.intake.sheets.undoing.touched import depended_on
from loyalty.models import ContactPoint, Import, ImportedRow, Memory, Occasion, Patient, PatientIdentifier

_LEDGER = "loyalty_importedrow"
# What an import writes beside a patient, and how it is told from what somebody wrote or changed later.
_OWN = "created_at = ANY(%s) AND updated_at = created_at"
_CHILDREN = {
    ContactPoint: f"{_OWN} AND NOT do_not_use",
    PatientIdentifier: _OWN,
    Memory: f"{_OWN} AND forgotten_at IS NULL",
    Occasion: _OWN,
}
# An import before this one finds what it left, as it left it.
_AS_THEY_WERE_LEFT = """
UPDATE loyalty_importedrow AS r SET left_at = %s
FROM unnest(%s::uuid[], %s::timestamptz[]) AS n (id, was)
WHERE r.patient_id = n.id AND r.visit_id IS NULL AND r.of_id <> %s AND r.left_at = n.was
"""


def take_back_patients(rows: Sequence[ImportedRow], *, of: Import, now: datetime) -> Taken:
    """In the caller's transaction. A patient who was changed since, or of whom anything else was written, is kept."""
    ids = [row.patient_id for row in rows]
    locked = Patient.objects.select_for_update().filter(id__in=ids).order_by("id")
    now_at = {
        id: updated for id, updated, merged in locked.values_list("id", "updated_at", "merged_into") if not merged
    }
    made = [row.patient_id for row in rows if row.before is None]
    own = {child._meta.db_table: condition for child, condition in _CHILDREN.items()}
    needed = depended_on(Patient, made, but=(_LEDGER,), own=own, moments=of.moments)
    taken = Taken()
    gone: list[UUID] = []
    back: list[tuple[UUID, ImportedRow]] = []
    for row in rows:
        if now_at.get(row.patient_id) != row.left_at or (row.before is None and row.patient_id in needed):
            taken.kept.append(row.id)
        elif row.before is None:
            gone.append(row.patient_id)
        else:
            back.append((row.patient_id, row))
    restore(Patient, back, now=now)
    _remove_children([id for id, _ in back] + gone, of)
    _pass_on(back, of, now=now)
    ImportedRow.objects.filter(patient__in=gone).delete()
    Patient.objects.filter(id__in=gone)._raw_delete("default")
    taken.removed, taken.restored = len(gone), len(back)
    return taken


def _remove_children(patients: Sequence[UUID], of: Import) -> None:
    with connection.cursor() as cursor:
        for child, condition in _CHILDREN.items():
            table = connection.ops.quote_name(child._meta.db_table)
            cursor.execute(
                f"DELETE FROM {table} WHERE patient_id = ANY(%s) AND {condition}",  # noqa: S608 - names of models
                [list(patients), of.moments],
            )


def _pass_on(back: Sequence[tuple[UUID, ImportedRow]], of: Import, *, now: datetime) -> None:
    was = [(id, row.before[UPDATED]) for id, row in back if row.before and UPDATED in row.before]
    if was:
        with connection.cursor() as cursor:
            cursor.execute(_AS_THEY_WERE_LEFT, [now, [id for id, _ in was], [at for _, at in was], of.id])
