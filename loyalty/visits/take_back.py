"""The last step of a visit was a slip of the finger: it is taken back, with what it planned."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from loyalty.locations.find import keep_location
from loyalty.models import (
    Feedback,
    TouchpointKind,
    TouchpointState,
    Trigger,
    Visit,
    VisitSource,
    VisitStatus,
)
from loyalty.touchpoints.follow import cancel_planned
from loyalty.touchpoints.plan import plan
from loyalty.visits.booking import check_free
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit

_FIELDS = ["status", "arrived_at", "seen_at", "completed_at", "cancelled_at", "status_by", "updated_at"]


def take_back(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """On the day of the visit, or before it. Raises NotFound, Conflict where there is no step to take back or the
    time was given away meanwhile, DomainError where something rests on the step already."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        keep_location(visit.location_id)
        if visit.day < day_of(now, zone_of(visit.location.time_zone)) or visit.is_history:
            raise DomainError("visit_day_over", "A step can be taken back on the day of the visit only.")
        match visit.status:
            case VisitStatus.ARRIVED:
                _back_from_here(visit)
            case VisitStatus.NO_SHOW:
                visit.status = VisitStatus.BOOKED
                cancel_planned(visit, kinds=[TouchpointKind.CHECK_IN])
            case VisitStatus.COMPLETED:
                _back_from_over(visit)
            case VisitStatus.CANCELLED:
                _back_from_cancelled(visit, now=now)
            case _:
                raise Conflict("nothing_to_take_back", "Nothing of this visit can be taken back.")
        visit.status_by_id = by_staff_id
        visit.save(update_fields=_FIELDS)
        changed("visit.taken_back", visit, patients=[visit.patient_id])
        if visit.status == VisitStatus.BOOKED and visit.starts_at > now:
            plan(Trigger.VISIT_BOOKED, visit=visit, now=now)
        return visit


def _back_from_here(visit: Visit) -> None:
    if visit.seen_at is not None:
        visit.seen_at = None
        return
    if visit.source == VisitSource.WALK_IN:
        raise DomainError("walk_in_stays", "A walk-in has nothing to go back to. Cancel the visit instead.")
    visit.status, visit.arrived_at = VisitStatus.BOOKED, None


def _back_from_over(visit: Visit) -> None:
    if Feedback.objects.filter(visit=visit).exists():
        raise DomainError("visit_answered", "The patient answered how this visit was, so it stays as it is.")
    made = visit.touchpoints.exclude(kind=TouchpointKind.PREVIEW)
    if made.filter(state=TouchpointState.DONE).exists():
        raise DomainError("visit_thanked", "The thank-you note is written, so the visit stays completed.")
    # Set aside or not: were it left, the note of the visit's real end could not be planned.
    made.filter(state__in=[TouchpointState.PLANNED, TouchpointState.HELD, TouchpointState.SKIPPED]).exclude(
        kind=TouchpointKind.RECOVERY
    ).update(state=TouchpointState.CANCELLED)
    visit.completed_at = None
    visit.status = VisitStatus.ARRIVED if visit.arrived_at else VisitStatus.BOOKED
    patient = visit.patient
    others = Visit.objects.filter(patient=patient, status=VisitStatus.COMPLETED).exclude(id=visit.id)
    if patient.patient_since == visit.day and not others.filter(day__lte=visit.day).exists():
        patient.patient_since = others.order_by("day").values_list("day", flat=True).first()
        patient.save(update_fields=["patient_since", "updated_at"])


def _back_from_cancelled(visit: Visit, *, now: datetime) -> None:
    check_free(patient=visit.patient, location=visit.location, starts_at=visit.starts_at, now=now)
    if not visit.patient.may_be_contacted:
        raise DomainError("patient_not_contacted", f"{visit.patient.display_name} must not be contacted any more.")
    visit.cancelled_at = None
    visit.status = VisitStatus.ARRIVED if visit.arrived_at else VisitStatus.BOOKED
