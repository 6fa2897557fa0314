"""One request of a patient, found, or locked together with its patient."""

from uuid import UUID

from core.errors import Conflict, NotFound
from loyalty.models import Patient, RecordRequest, RequestState


def find_request(request_id: UUID) -> RecordRequest:
    """With its patient. Raises NotFound."""
    request = RecordRequest.objects.select_related("patient").filter(id=request_id).first()
    if request is None:
        raise NotFound("record_request_not_found", "This request is not on file.")
    return request


def locked_request(request_id: UUID) -> RecordRequest:
    """The patient first, as everywhere. Raises NotFound."""
    found = RecordRequest.objects.filter(id=request_id).values("patient_id")
    patient = Patient.objects.select_for_update(no_key=True).filter(id__in=found).first()
    request = RecordRequest.objects.select_for_update(no_key=True).filter(id=request_id, patient=patient).first()
    if patient is None or request is None:
        raise NotFound("record_request_not_found", "This request is not on file.")
    request.patient = patient
    return request


def check_open(request: RecordRequest) -> None:
    """Raises Conflict where somebody answered it already."""
    if request.state != RequestState.OPEN:
        said, day = RequestState(request.state).label.lower(), request.answered_on
        on = f", on {day:%B} {day.day}, {day.year}" if day else ""
        raise Conflict("record_request_answered", f"This request was {said} already{on}.")
