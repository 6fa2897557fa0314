"""The record that an address names, or a page that says it is not there."""

from uuid import UUID

from django.http import Http404

from core.errors import NotFound
from loyalty.models import Patient, Visit
from loyalty.patients.find import find_patient
from loyalty.visits.find import find_visit


def patient_of(patient_id: UUID) -> Patient:
    """Return the patient, or the one they were merged into. Raises Http404 for nobody."""
    try:
        return find_patient(patient_id)
    except NotFound as error:
        raise Http404 from error


def visit_of(visit_id: UUID) -> Visit:
    """Return the visit with its people and place. Raises Http404 for none."""
    try:
        return find_visit(visit_id)
    except NotFound as error:
        raise Http404 from error
