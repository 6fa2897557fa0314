"""A visit gets another time; its service preview moves with it in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.locations.find import keep_location
from loyalty.models import Trigger, Visit, VisitStatus
from loyalty.touchpoints.follow import cancel_planned, move_planned
from loyalty.touchpoints.plan import plan
from loyalty.visits.booking import check_free, check_start, ends_at
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.status import check


def move(*, visit_id: UUID, starts_at: datetime, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """Raises NotFound, Conflict, or DomainError where its state or the new time does not allow it."""
    check_start(starts_at, now=now)
    with transaction.atomic():
        visit = locked_visit(visit_id)
        check(visit, "move", now=now)
        if visit.starts_at == starts_at:
            return visit
        keep_location(visit.location_id)
        check_free(patient=visit.patient, location=visit.location, starts_at=starts_at, now=now)
        lasts = visit.ends_at - visit.starts_at if visit.ends_at else None
        visit.starts_at = starts_at
        visit.ends_at = starts_at + lasts if lasts is not None else ends_at(starts_at, visit.service)
        visit.day = day_of(starts_at, zone_of(visit.location.time_zone))
        # Who confirmed the old time has not confirmed the new one.
        visit.status = VisitStatus.BOOKED
        visit.status_by_id = by_staff_id
        visit.save(update_fields=["starts_at", "ends_at", "day", "status", "status_by", "updated_at"])
        changed("visit.moved", visit, patients=[visit.patient_id])
        if visit.patient.may_be_contacted:
            move_planned(visit, now=now)
        else:
            cancel_planned(visit)
        plan(Trigger.VISIT_BOOKED, visit=visit, now=now)
        plan(Trigger.VISIT_CHANGED, visit=visit, now=now)
        return visit
