"""The requests to be answered, and those that were."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from loyalty.models import RecordRequest, RequestState

# An answer is due within so many days: it stands out.
SOON = 14


@dataclass(frozen=True, slots=True)
class Listed:
    """One request on a list. days: until it is due; below zero it is overdue."""

    request: RecordRequest
    name: str
    days: int

    @property
    def overdue(self) -> bool:
        return self.days < 0

    @property
    def soon(self) -> bool:
        return 0 <= self.days <= SOON


def open_requests(*, today: date) -> list[Listed]:
    """What is to be answered, the most urgent first."""
    return _listed(RecordRequest.objects.filter(state=RequestState.OPEN).order_by("due_on", "id"), today=today)


def answered_requests(*, today: date, limit: int = 50) -> list[Listed]:
    """The newest answers first."""
    answered = RecordRequest.objects.exclude(state=RequestState.OPEN).order_by("-answered_on", "-id")
    return _listed(answered[:limit], today=today)


def requests_of(*, patient_id: UUID) -> list[RecordRequest]:
    """Of one patient, the newest first. The caller records the reading."""
    return list(RecordRequest.objects.filter(patient_id=patient_id).order_by("-received_on", "-id"))


def _listed(requests: QuerySet[RecordRequest], *, today: date) -> list[Listed]:
    found = [
        Listed(one, one.patient.display_name, (one.due_on - today).days) for one in requests.select_related("patient")
    ]
    audit.record("record_requests.read", patients=[one.request.patient_id for one in found])
    return found
