"""Handwritten thank-you notes: what is waiting, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.models import Touchpoint


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note to write. why: "First visit, Saturday". line: a suggestion of what to write, never a treatment.

    late: its 48 hours are over. held: it must not go out now, and held_why says what has to be settled first.
    staff: who treated, and signs. plain_envelope: no name of the practice outside.
    """

    id: UUID
    patient_id: UUID
    name: str
    why: str
    line: str
    due_at: datetime
    late: bool
    held: bool
    held_why: str
    staff: str
    plain_envelope: bool


def queue(*, now: datetime, limit: int, staff_id: UUID | None = None) -> list[NoteCard]:
    """Open notes, those to write first by when they are due, then the held ones. `staff_id`: of one writer only."""
    raise NotImplementedError


def written(*, touchpoint_id: UUID, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """The note is written. Raises Conflict where it was settled already, DomainError where it is held."""
    raise NotImplementedError


def skip(*, touchpoint_id: UUID, reason: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Not this time."""
    raise NotImplementedError


def undo(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """Take back Written or Not this time, on the day it was said."""
    raise NotImplementedError
