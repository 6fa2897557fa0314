"""Handwritten thank-you notes: what is waiting, and what became of each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import DomainError
from loyalty.models import Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.name import shown_name
from loyalty.touchpoints import settle
from loyalty.touchpoints.draft import check_kept_words, put_words, words_of
from loyalty.touchpoints.mentions import line_of, why_of
from loyalty.touchpoints.note_facts import GuardianFact, NoteFacts, open_notes
from loyalty.visits.local_time import zone_of

_KINDS = (TouchpointKind.NOTE,)


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note to write. why: "First visit, Saturday". line: a suggestion of what to write, never a treatment.

    name: the patient's. to: whom the card addresses, a minor's guardian or the patient.
    due_at: in the location's time zone. late: it should have been done by now. staff: who treated, and signs.
    held: it must not go out now; held_why says what has to be settled first.
    plain_envelope: no name of the practice outside. hand_over: no mail to the home, so it is given in person. Of a
    minor both follow the stricter wish, the child's or the guardian's.
    guardian_id: where `to` is a guardian who is a patient. address_of: the patient at whose address `to` is written to,
    the guardian where theirs is on file. address_missing: somebody has to ask for it.
    staff_id: of who writes. handed_over: a colleague gave it to them.
    draft: words kept for the card. recovery_id: the newest open one, where one holds the note.
    """

    id: UUID
    patient_id: UUID
    name: str
    to: str
    guardian_id: UUID | None
    address_of: UUID
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
    staff_id: UUID | None
    handed_over: bool
    draft: str
    recovery_id: UUID | None

    @property
    def shown(self) -> tuple[UUID, ...]:
        """All patients whom it shows, for the trail."""
        return (self.patient_id, *([self.guardian_id] if self.guardian_id else []))


def queue(*, now: datetime, limit: int, staff_id: UUID | None = None) -> list[NoteCard]:
    """Open notes, those to write first by when they are due, then the held ones. `staff_id`: of one writer only."""
    cards = [card_of(facts, now=now) for facts in open_notes(limit=limit, staff_id=staff_id).notes]
    audit.record("notes.read", patients=[one for card in cards for one in card.shown])
    return cards


def card_of(facts: NoteFacts, *, now: datetime) -> NoteCard:
    zone = zone_of(facts.time_zone)
    today = now.astimezone(zone).date()
    is_minor = facts.birth.may_be_minor_on(today)
    held_why = "A recovery is open" if facts.state == TouchpointState.HELD else ""
    guardian = _turned_to(facts, today=today) if is_minor else None
    if is_minor and guardian is None:
        held_why = held_why or "A minor without a guardian who may be contacted"
    mail = (facts.mail, guardian.mail) if guardian else (facts.mail,)
    hand_over = any(one.hand_over for one in mail)
    name = shown_name(facts.given, facts.preferred, facts.family)
    return NoteCard(
        id=facts.id,
        patient_id=facts.patient_id,
        name=name,
        to=(guardian.name if guardian else "") if is_minor else name,
        guardian_id=guardian.patient_id if guardian else None,
        address_of=(guardian.patient_id if guardian and guardian.mail.has_address else None) or facts.patient_id,
        why=why_of(facts, today=today),
        line=line_of(facts),
        due_at=facts.due_at.astimezone(zone),
        late=facts.due_at < now,
        held=bool(held_why),
        held_why=held_why,
        staff=facts.staff,
        plain_envelope=any(one.plain_envelope for one in mail),
        hand_over=hand_over,
        address_missing=not any(one.has_address for one in mail) and not hand_over,
        staff_id=facts.staff_id,
        handed_over=facts.handed_over,
        draft=facts.draft,
        recovery_id=facts.recovery_id,
    )


def _turned_to(facts: NoteFacts, *, today: date) -> GuardianFact | None:
    """The first who is of age, as `reach.may_turn_to` says it to whoever writes."""
    return next((one for one in facts.guardians if not one.birth.may_be_minor_on(today)), None)


def written(*, touchpoint_id: UUID, by_staff_id: UUID | None, words: str | None = None, now: datetime) -> Touchpoint:
    """The note is written. `words`: what stands on it, "" for words of one's own, None where nobody was asked.

    Raises NotFound, Conflict where it was settled already, DomainError where it is held or its words tell too much.
    """
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        settle.check_open(note, now=now)
        if note.state == TouchpointState.HELD:
            raise DomainError(
                "note_held",
                f"The note to {note.patient.display_name} is held while a recovery is open. Close the recovery first.",
            )
        settle.check_may_go_out(note, now=now)
        if words is None:
            check_kept_words(words_of(note))
        else:
            put_words(note, text=words, by_staff_id=by_staff_id)
        settle.done(note, outcome="", minutes=None, by_staff_id=by_staff_id, now=now)
        changed("note.written", note, patients=[note.patient_id])
        return note


def skip(*, touchpoint_id: UUID, reason: str, by_staff_id: UUID | None, now: datetime) -> Touchpoint:
    """Not this time. Raises NotFound, Conflict where it was settled already, DomainError for the reason."""
    words = settle.outcome_text(reason, what="The reason", field="reason")
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        settle.check_open(note, now=now)
        settle.set_aside(note, reason=words, by_staff_id=by_staff_id, now=now)
        changed("note.skipped", note, patients=[note.patient_id])
        return note


def undo(*, touchpoint_id: UUID, now: datetime) -> Touchpoint:
    """Take back Written or Not this time, on the day it was said.

    Raises NotFound, Conflict where it is waiting already, DomainError on a later day.
    """
    with transaction.atomic():
        note = settle.locked(touchpoint_id, kinds=_KINDS)
        settle.take_back(note, now=now)
        changed("note.reopened", note, patients=[note.patient_id])
        return note
