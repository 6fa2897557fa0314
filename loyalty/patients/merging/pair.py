"""The two records of a merge, held for change, and whether they may become one."""

from uuid import UUID

from core.errors import Conflict, DomainError, NotFound
from loyalty.models import Guardianship, Patient, Visit


def locked_pair(patient_id: UUID, merged_id: UUID) -> tuple[Patient, Patient]:
    """Both records, locked with their visits until the transaction ends. Raises NotFound, Conflict.

    Visits first, as whoever changes one holds it before they reach for its patient; then the patients by id, so that
    two merges of the same pair wait for each other. FOR UPDATE waits for rows that are being added to them, too.
    """
    both = [patient_id, merged_id]
    visits = _locked_visits(both)
    held = {one.id: one for one in Patient.objects.select_for_update(of=("self",)).filter(id__in=both).order_by("id")}
    if patient_id not in held or merged_id not in held:
        raise NotFound("patient_not_found", "This patient is not on file.")
    if set(Visit.objects.filter(patient_id__in=both).values_list("id", flat=True)) != visits:
        raise Conflict("patient_busy", "Somebody booked a visit for one of them at this very moment. Try again.")
    return held[patient_id], held[merged_id]


def check_may_merge(survivor: Patient, merged: Patient) -> None:
    """Raises DomainError, or Conflict where one of them is part of another record already."""
    if survivor.id == merged.id:
        raise DomainError("merge_with_itself", "This is one record. Choose another one to merge with it.")
    for one in (survivor, merged):
        if one.merged_into_id is not None:
            raise Conflict(
                "patient_merged",
                f"{one.display_name} was merged into another record already. Open that one and begin there.",
            )
    if _guard_each_other(survivor, merged):
        raise DomainError(
            "merge_guardian",
            "One of them is the other’s guardian, so they are two people. If that is wrong, remove the guardian first.",
        )


def _locked_visits(patients: list[UUID]) -> set[UUID]:
    visits = Visit.objects.select_for_update(no_key=True, of=("self",)).filter(patient_id__in=patients)
    return set(visits.order_by("id").values_list("id", flat=True))


def _guard_each_other(one: Patient, other: Patient) -> bool:
    both = [one.id, other.id]
    return Guardianship.objects.filter(patient_id__in=both, guardian_id__in=both).exists()
