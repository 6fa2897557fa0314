"""The patient that an address names."""

from uuid import UUID

from django.http import Http404

from loyalty.models import Patient


def patient_of(patient_id: UUID) -> Patient:
    """Return the patient, or the one they were merged into. Raises Http404 for nobody."""
    patient = Patient.objects.select_related("merged_into").filter(id=patient_id).first()
    if patient is None:
        raise Http404
    return patient.merged_into or patient
