"""A visit is over; the thank-you note is planned in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Trigger, Visit, VisitStatus
from loyalty.touchpoints.follow import cancel_planned
from loyalty.touchpoints.plan import plan
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.spoken import spoken_day
from loyalty.visits.status import check


def complete(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict where somebody completed it already, DomainError where its state does not allow it."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "complete", now=now)
        today = day_of(now, zone_of(visit.location.time_zone))
        if visit.day > today:
            when = spoken_day(visit.day, today=today)
            raise DomainError(
                "visit_ahead", f"This visit is booked for {when}. Move it to today, or add the patient as a walk-in."
            )
        visit.status = VisitStatus.COMPLETED
        visit.completed_at = now
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["status", "completed_at", "status_by", "updated_at"])
        changed("visit.completed", visit, patients=[visit.patient_id])
        _note_first_visit(visit)
        # What was to be said before the visit can no longer be said before it.
        cancel_planned(visit)
        plan(Trigger.VISIT_COMPLETED, visit=visit, now=now)
        return visit


def _note_first_visit(visit: Visit) -> None:
    patient = visit.patient
    if patient.patient_since is None or visit.day < patient.patient_since:
        patient.patient_since = visit.day
        patient.save(update_fields=["patient_since", "updated_at"])
