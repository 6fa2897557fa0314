"""A visit is called off, and with it the contact planned for it, in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.models import Visit, VisitStatus
from loyalty.touchpoints.follow import cancel_planned
from loyalty.visits.locked import locked_visit
from loyalty.visits.status import check


def cancel(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict where somebody cancelled it already, DomainError where its state does not allow it."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "cancel", now=now)
        visit.status = VisitStatus.CANCELLED
        visit.cancelled_at = now
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["status", "cancelled_at", "status_by", "updated_at"])
        changed("visit.cancelled", visit, patients=[visit.patient_id])
        cancel_planned(visit)
        return visit
