"""A touchpoint is done, set aside, or taken back: the same care for every kind."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from loyalty.models import Location, Patient, Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.reach import birth_of, may_turn_to
from loyalty.touchpoints.hold import has_open_recovery
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.spoken import spoken_moment

_OUTCOME = 200


def locked(touchpoint_id: UUID, *, kinds: Collection[str]) -> Touchpoint:
    """The touchpoint and its patient, both locked: a recovery may be opened for them at this very moment.

    Raises NotFound where there is none of these kinds.
    """
    patient_id = Touchpoint.objects.filter(id=touchpoint_id, kind__in=kinds).values_list("patient_id").first()
    # The patient first, as everywhere: who opens a recovery holds the patient and then reaches for the notes.
    patient = Patient.objects.select_for_update(no_key=True).filter(id__in=patient_id or ()).first()
    touchpoint = Touchpoint.objects.select_for_update(no_key=True).filter(id=touchpoint_id, patient=patient).first()
    if patient is None or touchpoint is None:
        raise NotFound("touchpoint_not_found", "This is not on file.")
    touchpoint.patient = patient
    return touchpoint


def check_open(touchpoint: Touchpoint, *, now: datetime) -> None:
    """Raises Conflict where it was settled or called off, with when and by whom."""
    what = f"{_named(touchpoint)} {touchpoint.patient.display_name}"
    match touchpoint.state:
        case TouchpointState.DONE | TouchpointState.SKIPPED:
            said = "done" if touchpoint.state == TouchpointState.DONE else "set aside"
            if touchpoint.state == TouchpointState.DONE and touchpoint.kind == TouchpointKind.NOTE:
                said = "written"
            zone = zone_of(time_zone_of(touchpoint))
            when = f" {spoken_moment(touchpoint.done_at, zone=zone, now=now)}" if touchpoint.done_at else ""
            whom = f" by {touchpoint.done_by.display_name}" if touchpoint.done_by else ""
            raise Conflict("touchpoint_settled", f"{what} was {said}{when}{whom}.")
        case TouchpointState.CANCELLED:
            raise Conflict("touchpoint_cancelled", f"{what} was called off.")


def check_may_go_out(touchpoint: Touchpoint, *, now: datetime) -> None:
    """Raises DomainError for those who must not be contacted, and for minors without a guardian who may be."""
    name = touchpoint.patient.display_name
    if not touchpoint.patient.may_be_contacted:
        raise DomainError("patient_not_contacted", f"{name} must not be contacted any more. Choose “Not this time”.")
    today = day_of(now, zone_of(time_zone_of(touchpoint)))
    if not birth_of(touchpoint.patient).may_be_minor_on(today):
        return
    guardians = touchpoint.patient.guardianships.select_related("guardian")
    if not any(may_turn_to(one, today=today) for one in guardians):
        raise DomainError("guardian_missing", f"{name} is a minor: note who the guardian is, and turn to them.")


def done(touchpoint: Touchpoint, *, outcome: str, minutes: int | None, by_staff_id: UUID | None, now: datetime) -> None:
    touchpoint.minutes = minutes
    _settle(touchpoint, TouchpointState.DONE, outcome=outcome, by_staff_id=by_staff_id, now=now)


def set_aside(touchpoint: Touchpoint, *, reason: str, by_staff_id: UUID | None, now: datetime) -> None:
    _settle(touchpoint, TouchpointState.SKIPPED, outcome=reason, by_staff_id=by_staff_id, now=now)


def take_back(touchpoint: Touchpoint, *, now: datetime) -> None:
    """On the day it was settled. Raises Conflict where it is open, DomainError on a later day."""
    if touchpoint.state not in (TouchpointState.DONE, TouchpointState.SKIPPED) or touchpoint.done_at is None:
        raise Conflict("touchpoint_open", "This is waiting to be done already.")
    zone = zone_of(time_zone_of(touchpoint))
    if day_of(touchpoint.done_at, zone) != day_of(now, zone):
        raise DomainError("undo_too_late", "This was settled on an earlier day and stays as it is.")
    is_held = touchpoint.kind == TouchpointKind.NOTE and has_open_recovery(touchpoint.patient_id)
    touchpoint.state = TouchpointState.HELD if is_held else TouchpointState.PLANNED
    touchpoint.done_at = touchpoint.done_by = None
    touchpoint.outcome = ""
    touchpoint.minutes = touchpoint.cost_cents = None
    touchpoint.save(update_fields=["state", "done_at", "done_by", "outcome", "minutes", "cost_cents", "updated_at"])


def outcome_text(text: str, *, what: str, field: str) -> str:
    return given_text(text, what=what, field=field, limit=_OUTCOME)


def time_zone_of(touchpoint: Touchpoint) -> str:
    """Of its visit's location; of the practice's first location where it has no visit."""
    if touchpoint.visit:
        return touchpoint.visit.location.time_zone
    location = Location.objects.order_by("-is_active", "created_at", "id").first()
    return location.time_zone if location else "UTC"


def _settle(
    touchpoint: Touchpoint, state: TouchpointState, *, outcome: str, by_staff_id: UUID | None, now: datetime
) -> None:
    touchpoint.state = state
    touchpoint.outcome = outcome
    touchpoint.done_at = now
    touchpoint.done_by_id = by_staff_id
    touchpoint.save(update_fields=["state", "outcome", "minutes", "done_at", "done_by", "updated_at"])


def _named(touchpoint: Touchpoint) -> str:
    """ "The note to", "The check-in with"."""
    match touchpoint.kind:
        case TouchpointKind.NOTE:
            return "The note to"
        case TouchpointKind.PREVIEW:
            return "The service preview for"
        case TouchpointKind.OCCASION:
            return "The contact for an occasion of"
        case TouchpointKind.FIRST_CALL:
            return "The first call to"
        case TouchpointKind.STORY:
            return "The call for the story of"
    return "The check-in with"
