"""A patient did not come."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Trigger, Visit, VisitStatus
from loyalty.touchpoints.follow import cancel_planned
from loyalty.touchpoints.plan import plan
from loyalty.visits.local_time import zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.spoken import spoken_moment
from loyalty.visits.status import check


def no_show(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict, DomainError where its time has not come or its state does not allow it."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "no_show", now=now)
        if now < visit.starts_at:
            when = spoken_moment(visit.starts_at, zone=zone_of(visit.location.time_zone), now=now)
            raise DomainError("visit_not_begun", f"This visit begins {when}. Wait until then, or cancel it.")
        visit.status = VisitStatus.NO_SHOW
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["status", "status_by", "updated_at"])
        changed("visit.missed", visit, patients=[visit.patient_id])
        cancel_planned(visit)
        plan(Trigger.NO_SHOW, visit=visit, now=now)
        return visit
