"""The patient is called in: waiting ends, treatment begins."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from loyalty.models import Visit, VisitStatus
from loyalty.visits.local_time import zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.spoken import spoken_moment


def see(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict where somebody said so already, DomainError for somebody who is not here."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        if visit.seen_at is not None:
            when = spoken_moment(visit.seen_at, zone=zone_of(visit.location.time_zone), now=now)
            raise Conflict("visit_already_seen", f"The patient was called in {when} already.")
        if visit.status != VisitStatus.ARRIVED:
            raise DomainError("visit_not_here", "Mark the patient as here first. Waiting is counted from then on.")
        visit.seen_at = now
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["seen_at", "status_by", "updated_at"])
        changed("visit.seen", visit, patients=[visit.patient_id])
        return visit
