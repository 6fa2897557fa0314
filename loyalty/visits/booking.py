"""What a visit is booked with, checked: who, where, with whom, for what and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.errors import Conflict, DomainError, NotFound
from loyalty.locations.find import keep_location
from loyalty.models import OPEN_STATUSES, Location, Patient, Service, Staff, Visit
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_moment

# A booking for now is still typed a few minutes after now.
GRACE = timedelta(minutes=5)
FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Parties:
    patient: Patient
    location: Location
    staff: Staff | None
    service: Service | None


def checked_parties(*, patient_id: UUID, location_id: UUID, staff_id: UUID | None, service_id: UUID | None) -> Parties:
    """Lock the patient, keep the location, read the rest.

    Raises NotFound, Conflict for a merged record, DomainError for the dead.
    """
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.", field="patient_id")
    if patient.merged_into_id is not None:
        raise Conflict("patient_merged", "This record was merged into another one. Open that one and book there.")
    if patient.deceased:
        raise DomainError(
            "patient_deceased", f"{patient.display_name} has died. Nothing can be booked.", field="patient_id"
        )
    location = keep_location(location_id)
    if location is None or not location.is_active:
        raise NotFound("location_not_found", "Choose one of the practice's open locations.", field="location_id")
    staff = Staff.objects.filter(id=staff_id, is_active=True).first() if staff_id else None
    if staff_id and staff is None:
        raise NotFound("staff_not_found", "Choose somebody who works here.", field="staff_id")
    service = Service.objects.filter(id=service_id, is_active=True).first() if service_id else None
    if service_id and service is None:
        raise NotFound("service_not_found", "Choose a service that is still offered.", field="service_id")
    return Parties(patient=patient, location=location, staff=staff, service=service)


def check_start(starts_at: datetime, *, now: datetime) -> None:
    """Raises DomainError for a time that is over or that must be a slip of the pen."""
    if starts_at.tzinfo is None:
        raise ValueError("starts_at must carry its time zone")
    if starts_at < now - GRACE:
        raise DomainError(
            "start_over",
            "This time is over. Choose one ahead, or add the patient as a walk-in.",
            field="starts_at",
        )
    if starts_at > now + FURTHEST:
        raise DomainError("start_too_far", "This is more than three years ahead. Check the year.", field="starts_at")


def check_free(*, patient: Patient, location: Location, starts_at: datetime, now: datetime) -> None:
    """Raises Conflict where the patient has an open visit at that very time: most often the same, sent twice."""
    if Visit.objects.filter(patient=patient, starts_at=starts_at, status__in=OPEN_STATUSES).exists():
        moment = spoken_moment(starts_at, zone=zone_of(location.time_zone), now=now)
        raise Conflict(
            "visit_booked_already", f"{patient.display_name} has a visit {moment} already.", field="starts_at"
        )


def ends_at(starts_at: datetime, service: Service | None) -> datetime | None:
    return starts_at + timedelta(minutes=service.minutes) if service else None
