"""The patient that an address names."""

from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Patient


def find_patient(patient_id: UUID) -> Patient:
    """The patient, or the one they were merged into. Raises NotFound for nobody."""
    patient = Patient.objects.select_related("merged_into").filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    found = patient.merged_into or patient
    audit.record("patient.found", subject=found, patients=[found.id])
    return found
