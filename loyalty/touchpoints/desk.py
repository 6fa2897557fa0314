"""One note on the writing desk: what to mention, whom it addresses, and how the envelope must look."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Patient
from loyalty.patients.name import first_name
from loyalty.patients.reach import wishes_of
from loyalty.touchpoints.mentions import Mention, mentions_of
from loyalty.touchpoints.note_facts import NoteFacts, open_notes
from loyalty.touchpoints.notes import NoteCard, card_of


@dataclass(frozen=True, slots=True)
class NoteDesk:
    """address: the lines of the envelope, empty where none is on file or no mail may go there.

    salutation: "Dear Beatrice,". wishes: discretion in words. service_names: for `words.refused_words`.
    """

    card: NoteCard
    salutation: str
    mentions: tuple[Mention, ...]
    address: tuple[str, ...]
    wishes: tuple[str, ...]
    service_names: tuple[str, ...]


def desk(*, touchpoint_id: UUID, now: datetime) -> NoteDesk:
    """Raises NotFound for a note that is not open, or whose patient must not be contacted."""
    found = open_notes(limit=1, touchpoint_id=touchpoint_id).notes
    if not found:
        raise NotFound("note_not_found", "This note is not waiting to be written.")
    facts = found[0]
    card = card_of(facts, now=now)
    people = Patient.objects.in_bulk(card.shown)
    patient, guardian = people[card.patient_id], people.get(card.guardian_id) if card.guardian_id else None
    audit.record("note.read", patients=card.shown, detail={"note": touchpoint_id})
    dear = dear_of(facts, card)
    return NoteDesk(
        card=card,
        salutation=f"Dear {dear}," if dear else "",
        mentions=mentions_of(facts),
        address=() if card.hand_over else envelope(people[card.address_of], to=card.to),
        wishes=wishes_of(patient, *([guardian] if guardian else [])),
        service_names=facts.service_names,
    )


def dear_of(facts: NoteFacts, card: NoteCard) -> str:
    """Whom a card greets: the patient by first name, or a minor's guardian."""
    return first_name(facts.given, facts.preferred, facts.family) if card.to == card.name else card.to


def envelope(owner: Patient, *, to: str) -> tuple[str, ...]:
    """The lines of an address as the post office wants them; empty without a street."""
    if not owner.address:
        return ()
    region = " ".join(part for part in (owner.state, owner.postal_code) if part)
    town = ", ".join(part for part in (owner.city, region) if part)
    return tuple(line for line in (to, owner.address, town, owner.country) if line)
