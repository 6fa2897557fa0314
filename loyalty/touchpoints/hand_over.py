"""A note goes to a colleague who knows the patient better, or has the time; and comes back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from loyalty.models import Staff, Touchpoint, TouchpointKind, Visit
from loyalty.staff.at_work import at_work
from loyalty.touchpoints import settle

_KINDS = (TouchpointKind.NOTE,)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a note can go to. met: they treated the patient on the day of the note or before."""

    id: UUID
    name: str
    met: bool


def colleagues(*, patient_id: UUID, without: UUID | None) -> tuple[Colleague, ...]:
    """Everybody on the staff but `without`, those who met the patient first."""
    met = set(Visit.objects.filter(patient_id=patient_id, status="completed").values_list("staff_id", flat=True))
    known = [Colleague(one.id, one.display_name, one.id in met) for one in at_work() if one.id != without]
    return tuple(sorted(known, key=lambda one: not one.met))


def hand_over(*, touchpoint_id: UUID, to_staff_id: UUID, now: datetime) -> Touchpoint:
    """Give an open note to somebody on the staff. Raises NotFound, Conflict where it was settled, DomainError."""
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        settle.check_open(note, now=now)
        to = Staff.objects.filter(id=to_staff_id, is_active=True).first()
        if to is None:
            raise DomainError("colleague_unknown", "Choose somebody who is on the staff today.", field="to")
        had = note.assigned_to_id or (note.visit.staff_id if note.visit else None)
        if had == to.id:
            raise Conflict("note_theirs_already", f"This note is with {to.display_name} already.")
        note.handed_from_id, note.handed_at, note.assigned_to = note.assigned_to_id, now, to
        note.save(update_fields=["handed_from", "handed_at", "assigned_to", "updated_at"])
        changed("note.handed_over", note, patients=[note.patient_id], detail={"from": had, "to": to.id})
        return note


def hand_back(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """Give it back to who had it before. Raises NotFound, Conflict where it was settled or never handed over."""
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        settle.check_open(note, now=now)
        if note.handed_at is None:
            raise Conflict("note_not_handed_over", "This note is with who treated them already.")
        note.assigned_to_id, note.handed_from, note.handed_at = note.handed_from_id, None, None
        note.save(update_fields=["handed_from", "handed_at", "assigned_to", "updated_at"])
        changed("note.handed_back", note, patients=[note.patient_id])
        return note
