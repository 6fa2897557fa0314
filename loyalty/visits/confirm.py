"""The patient says that they will come."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Visit, VisitStatus
from loyalty.visits.locked import locked_visit
from loyalty.visits.status import check


def confirm(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict where they said so already, DomainError for a visit that began or is no more booked."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "confirm", now=now)
        if not may_confirm(visit, now=now):
            raise DomainError(
                "visit_begun", "The visit’s time has come. Mark the patient as here, or move the visit first."
            )
        note_confirmed(visit, by_staff_id=by_staff_id)
        return visit


def may_confirm(visit: Visit, *, now: datetime) -> bool:
    """Somebody can still say that they will come."""
    return visit.status == VisitStatus.BOOKED and visit.starts_at > now


def note_confirmed(visit: Visit, *, by_staff_id: UUID | None) -> None:
    """For a visit that is locked and may be confirmed."""
    visit.status = VisitStatus.CONFIRMED
    visit.status_by_id = by_staff_id
    visit.save(update_fields=["status", "status_by", "updated_at"])
    changed("visit.confirmed", visit, patients=[visit.patient_id])


def take_confirmation_back(visit: Visit) -> None:
    """For a visit that is locked and was confirmed by a slip."""
    visit.status = VisitStatus.BOOKED
    visit.status_by_id = None
    visit.save(update_fields=["status", "status_by", "updated_at"])
    changed("visit.unconfirmed", visit, patients=[visit.patient_id])
