"""The patient that a change is about, locked before anything else."""

from uuid import UUID

from core.errors import Conflict, NotFound
from loyalty.models import Patient


def locked_patient(patient_id: UUID) -> Patient:
    """Inside a transaction. Raises NotFound, and Conflict where the record was merged into another one."""
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    if patient.merged_into_id is not None:
        raise Conflict("patient_merged", "This record was merged into another one. Open that one and change it there.")
    return patient
