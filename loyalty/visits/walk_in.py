"""A patient comes without a booking."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from loyalty.models import Visit, VisitSource, VisitStatus
from loyalty.visits.booking import checked_parties, ends_at
from loyalty.visits.local_time import day_of, zone_of


def walk_in(
    *,
    patient_id: UUID,
    location_id: UUID,
    staff_id: UUID | None = None,
    service_id: UUID | None = None,
    by_staff_id: UUID | None = None,
    now: datetime,
) -> Visit:
    """A visit that begins now, with the patient already here. Nothing was booked, so nothing is previewed.

    Raises NotFound, DomainError, and Conflict where the patient is here already.
    """
    with transaction.atomic():
        who = checked_parties(patient_id=patient_id, location_id=location_id, staff_id=staff_id, service_id=service_id)
        today = day_of(now, zone_of(who.location.time_zone))
        if Visit.objects.filter(patient=who.patient, day=today, status=VisitStatus.ARRIVED).exists():
            raise Conflict(
                "patient_already_here", f"{who.patient.display_name} is here already: look at today's visits."
            )
        visit = Visit.objects.create(
            patient=who.patient,
            location=who.location,
            staff=who.staff,
            service=who.service,
            status=VisitStatus.ARRIVED,
            source=VisitSource.WALK_IN,
            starts_at=now,
            ends_at=ends_at(now, who.service),
            day=today,
            arrived_at=now,
            status_by_id=by_staff_id,
        )
        changed("visit.begun", visit, patients=[visit.patient_id])
        return visit
