"""Patients held while who belongs to whom changes."""

from uuid import UUID

from core.errors import Conflict, NotFound
from loyalty.models import Patient


def locked(*ids: UUID) -> list[Patient]:
    """These patients in the order asked for, locked in the order of their ids. Raises NotFound, Conflict."""
    held = {one.id: one for one in Patient.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")}
    if any(id not in held for id in ids):
        raise NotFound("patient_not_found", "This patient is not on file.")
    if any(one.merged_into_id is not None for one in held.values()):
        raise Conflict("patient_merged", "This record was merged into another one. Open that one and begin there.")
    return [held[id] for id in ids]
