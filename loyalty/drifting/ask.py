"""Somebody decides to call or write to a patient who drifts: a contact on the call list, and called off again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.locations.hours import practice_calendar
from loyalty.models import (
    Channel,
    Drift,
    Patient,
    StaffRole,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
)
from loyalty.patients.locked import locked_patient
from loyalty.touchpoints import settle
from loyalty.touchpoints.channel import ways_of
from loyalty.visits.local_time import day_of

_OPEN = (TouchpointState.PLANNED, TouchpointState.HELD)
_WAYS = {TouchpointChannel.CALL: Channel.CALL, TouchpointChannel.LETTER: Channel.LETTER}


def plan_contact(*, patient_id: UUID, channel: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """A check-in that is due today, for whoever asks for it. channel: "call" or "letter".

    Raises NotFound for somebody who is on no list, Conflict where a check-in is planned already, DomainError where
    they must not be reached like that.
    """
    if channel not in _WAYS:
        raise DomainError("channel_unfit", "Choose a call or a letter.", field="channel")
    calendar = practice_calendar()
    today = day_of(now, calendar.zone)
    with transaction.atomic():
        patient = locked_patient(patient_id)
        if not Drift.objects.filter(patient=patient).exists():
            raise NotFound("drift_not_found", "This patient is not on the list.")
        _check_reach(patient, channel, now=now)
        if Touchpoint.objects.filter(patient=patient, kind=TouchpointKind.CHECK_IN, state__in=_OPEN).exists():
            raise Conflict("check_in_planned", f"A check-in with {patient.display_name} is on the call list already.")
        contact = Touchpoint.objects.create(
            patient=patient,
            kind=TouchpointKind.CHECK_IN,
            channel=channel,
            day=today,
            due_at=max(calendar.end_of_work(today), now),
            role=StaffRole.FRONT_DESK,
            assigned_to_id=by_staff_id,
        )
        changed("drift.contact_planned", contact, patients=[patient.id])
        return contact


def call_off(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """It was a slip. Raises NotFound, Conflict where it was made or called off already, or somebody called by now."""
    with transaction.atomic():
        contact = settle.locked(touchpoint_id, kinds=(TouchpointKind.CHECK_IN,))
        if contact.visit_id is not None:
            raise NotFound("touchpoint_not_found", "This is not on file.")
        settle.check_open(contact, now=now)
        if contact.calls.filter(taken_back_at__isnull=True).exists():
            raise Conflict("check_in_tried", "Somebody has called meanwhile. Settle it on the call list.")
        contact.state = TouchpointState.CANCELLED
        contact.save(update_fields=["state", "updated_at"])
        changed("drift.contact_called_off", contact, patients=[contact.patient_id])
        return contact


def _check_reach(patient: Patient, channel: str, *, now: datetime) -> None:
    today = day_of(now, practice_calendar().zone)
    ways = ways_of([(patient, today)])[patient.id, today]
    way = _WAYS[TouchpointChannel(channel)]
    if any(one.allowed for one in ways if one.way == way):
        return
    wishes = [one.wish for one in ways if one.way == way and one.wish]
    what = "called" if way == Channel.CALL else "written to"
    why = f" ({wishes[0]})" if wishes else ": nothing to reach them by is on file"
    raise DomainError("way_closed", f"{patient.display_name} cannot be {what}{why}.", field="channel")
