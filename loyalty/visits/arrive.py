"""A patient is here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import TouchpointKind, Visit, VisitStatus
from loyalty.touchpoints.follow import cancel_planned
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.spoken import spoken_day
from loyalty.visits.status import check


def arrive(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict where the patient is here already, DomainError for another day or state."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "arrive", now=now)
        today = day_of(now, zone_of(visit.location.time_zone))
        if visit.day != today:
            when = spoken_day(visit.day, today=today)
            raise DomainError(
                "visit_on_another_day",
                f"This visit is booked for {when}. Move it to today, or add the patient as a walk-in.",
            )
        was_missed = visit.status == VisitStatus.NO_SHOW
        visit.status = VisitStatus.ARRIVED
        visit.arrived_at = now
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["status", "arrived_at", "status_by", "updated_at"])
        changed("visit.arrived", visit, patients=[visit.patient_id])
        if was_missed:
            cancel_planned(visit, kinds=[TouchpointKind.CHECK_IN])
        return visit
