"""A visit is booked; its service preview is planned in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.models import Trigger, Visit, VisitSource, VisitStatus
from loyalty.touchpoints.plan import plan
from loyalty.visits.booking import check_free, check_start, checked_parties, ends_at
from loyalty.visits.local_time import day_of, zone_of


def book(
    *,
    patient_id: UUID,
    location_id: UUID,
    starts_at: datetime,
    staff_id: UUID | None = None,
    service_id: UUID | None = None,
    by_staff_id: UUID | None = None,
    now: datetime,
) -> Visit:
    """Book a visit. Raises NotFound, Conflict, or DomainError with `field` set to what cannot be booked."""
    check_start(starts_at, now=now)
    with transaction.atomic():
        who = checked_parties(patient_id=patient_id, location_id=location_id, staff_id=staff_id, service_id=service_id)
        check_free(patient=who.patient, location=who.location, starts_at=starts_at, now=now)
        visit = Visit.objects.create(
            patient=who.patient,
            location=who.location,
            staff=who.staff,
            service=who.service,
            status=VisitStatus.BOOKED,
            source=VisitSource.BOOKED,
            starts_at=starts_at,
            ends_at=ends_at(starts_at, who.service),
            day=day_of(starts_at, zone_of(who.location.time_zone)),
            booked_at=now,
            status_by_id=by_staff_id,
        )
        changed("visit.booked", visit, patients=[visit.patient_id])
        plan(Trigger.VISIT_BOOKED, visit=visit, now=now)
        return visit
