"""Handwritten thank-you notes: what is waiting, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import Conflict, DomainError, NotFound
from loyalty.models import Location, Patient, Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.given_text import given_text
from loyalty.patients.name import shown_name
from loyalty.patients.reach import birth_of
from loyalty.touchpoints.hold import has_open_recovery
from loyalty.touchpoints.mentions import line_of, why_of
from loyalty.touchpoints.note_facts import NoteFacts, open_notes
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.spoken import spoken_moment

_REASON = 200


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note to write. why: "First visit, Saturday". line: a suggestion of what to write, never a treatment.

    name: the patient's. to: whom the card addresses, a minor's guardian or the patient.
    due_at: in the location's time zone. late: it should have been done by now. staff: who treated, and signs.
    held: it must not go out now; held_why says what has to be settled first.
    plain_envelope: no name of the practice outside. hand_over: no mail to the home, so it is given in person.
    address_missing: somebody has to ask for it.
    """

    id: UUID
    patient_id: UUID
    name: str
    to: str
    why: str
    line: str
    due_at: datetime
    late: bool
    held: bool
    held_why: str
    staff: str
    plain_envelope: bool
    hand_over: bool
    address_missing: bool


def queue(*, now: datetime, limit: int, staff_id: UUID | None = None) -> list[NoteCard]:
    """Open notes, those to write first by when they are due, then the held ones. `staff_id`: of one writer only."""
    return [card_of(facts, now=now) for facts in open_notes(limit=limit, staff_id=staff_id).notes]


def card_of(facts: NoteFacts, *, now: datetime) -> NoteCard:
    zone = zone_of(facts.time_zone)
    today = now.astimezone(zone).date()
    is_minor = facts.birth.may_be_minor_on(today)
    held_why = "A recovery is open" if facts.state == TouchpointState.HELD else ""
    if is_minor and not facts.guardian:
        held_why = held_why or "A minor without a guardian on file"
    hand_over = facts.not_at_home and not facts.plain_envelope
    name = shown_name(facts.given, facts.preferred, facts.family)
    return NoteCard(
        id=facts.id,
        patient_id=facts.patient_id,
        name=name,
        to=facts.guardian if is_minor else name,
        why=why_of(facts, today=today),
        line=line_of(facts),
        due_at=facts.due_at.astimezone(zone),
        late=facts.due_at < now,
        held=bool(held_why),
        held_why=held_why,
        staff=facts.staff,
        plain_envelope=facts.plain_envelope,
        hand_over=hand_over,
        address_missing=not facts.has_address and not hand_over,
    )


def written(*, touchpoint_id: UUID, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """The note is written. Raises NotFound, Conflict where it was settled already, DomainError where it is held."""
    with transaction.atomic():
        note = _locked(touchpoint_id)
        _check_open(note, now=now)
        if note.state == TouchpointState.HELD:
            raise DomainError(
                "note_held",
                f"The note to {note.patient.display_name} is held while a recovery is open. Close the recovery first.",
            )
        _check_may_go_out(note, now=now)
        return _settle(note, TouchpointState.DONE, outcome="", by_staff_id=by_staff_id, now=now)


def skip(*, touchpoint_id: UUID, reason: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Not this time. Raises NotFound, Conflict where it was settled already, DomainError for the reason."""
    outcome = given_text(reason, what="The reason", field="reason", limit=_REASON)
    with transaction.atomic():
        note = _locked(touchpoint_id)
        _check_open(note, now=now)
        return _settle(note, TouchpointState.SKIPPED, outcome=outcome, by_staff_id=by_staff_id, now=now)


def undo(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """Take back Written or Not this time, on the day it was said. Raises NotFound, DomainError on a later day."""
    with transaction.atomic():
        note = _locked(touchpoint_id)
        if note.state not in (TouchpointState.DONE, TouchpointState.SKIPPED) or note.done_at is None:
            raise Conflict("note_open", "This note is waiting to be written already.")
        zone = zone_of(_time_zone(note))
        if day_of(note.done_at, zone) != day_of(now, zone):
            raise DomainError("undo_too_late", "This was settled on an earlier day and stays as it is.")
        held = has_open_recovery(note.patient_id)
        note.state = TouchpointState.HELD if held else TouchpointState.PLANNED
        note.done_at = note.done_by = None
        note.outcome = ""
        note.minutes = note.cost_cents = None
        note.save(update_fields=["state", "done_at", "done_by", "outcome", "minutes", "cost_cents", "updated_at"])
        return note


def _settle(
    note: Touchpoint, state: TouchpointState, *, outcome: str, by_staff_id: UUID | None, now: datetime
) -> Touchpoint:
    note.state = state
    note.outcome = outcome
    note.done_at = now
    note.done_by_id = by_staff_id
    note.save(update_fields=["state", "outcome", "done_at", "done_by", "updated_at"])
    return note


def _locked(touchpoint_id: UUID) -> Touchpoint:
    """The note and its patient, both locked: a recovery may be opened for them at this very moment."""
    patient_id = Touchpoint.objects.filter(id=touchpoint_id, kind=TouchpointKind.NOTE).values_list("patient_id").first()
    # The patient first, as everywhere: who opens a recovery holds the patient and then reaches for the notes.
    patient = Patient.objects.select_for_update(no_key=True).filter(id__in=patient_id or ()).first()
    note = Touchpoint.objects.select_for_update(no_key=True).filter(id=touchpoint_id, patient=patient).first()
    if patient is None or note is None:
        raise NotFound("note_not_found", "This note is not on file.")
    note.patient = patient
    return note


def _check_open(note: Touchpoint, *, now: datetime) -> None:
    match note.state:
        case TouchpointState.DONE | TouchpointState.SKIPPED:
            said = "written" if note.state == TouchpointState.DONE else "set aside"
            moment = f" {spoken_moment(note.done_at, zone=zone_of(_time_zone(note)), now=now)}" if note.done_at else ""
            whom = f" by {note.done_by.display_name}" if note.done_by else ""
            raise Conflict("note_settled", f"The note to {note.patient.display_name} was {said}{moment}{whom}.")
        case TouchpointState.CANCELLED:
            raise Conflict("note_cancelled", f"The note to {note.patient.display_name} was called off.")


def _check_may_go_out(note: Touchpoint, *, now: datetime) -> None:
    name = note.patient.display_name
    if not note.patient.may_be_contacted:
        raise DomainError("patient_not_contacted", f"{name} must not be contacted any more. Choose “Not this time”.")
    today = day_of(now, zone_of(_time_zone(note)))
    if birth_of(note.patient).may_be_minor_on(today) and not note.patient.guardianships.exists():
        raise DomainError("guardian_missing", f"{name} is a minor: note who the guardian is, and write to them.")


def _time_zone(note: Touchpoint) -> str:
    location = (
        note.visit.location if note.visit else Location.objects.order_by("-is_active", "created_at", "id").first()
    )
    return location.time_zone if location else "UTC"
