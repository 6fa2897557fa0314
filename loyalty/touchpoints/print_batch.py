"""Open notes as they go on paper: what stands on the card and on the envelope, and which of them stay out, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from loyalty.models import Location, Patient
from loyalty.touchpoints.desk import dear_of, envelope
from loyalty.touchpoints.note_facts import NoteFacts, open_notes
from loyalty.touchpoints.notes import NoteCard, card_of
from loyalty.touchpoints.words import refused_words

# Seven sheets of labels. Who has more to write prints twice.
MOST = 200


@dataclass(frozen=True, slots=True)
class ToPrint:
    """greeting: "Thank you, Beatrice". words: kept for the card, "" for none. address: its lines.

    shown: all patients whom it shows. sender: our own address for the envelope, "" where it must be plain.
    no_card, no_label: why there is none, "" else.
    """

    id: UUID
    patient_id: UUID
    shown: tuple[UUID, ...]
    name: str
    greeting: str
    words: str
    sign: str
    address: tuple[str, ...]
    sender: str
    plain_envelope: bool
    no_card: str
    no_label: str


def to_print(*, now: datetime, practice_name: str) -> list[ToPrint]:
    """All open notes, those to write first by when they are due, then the held ones."""
    batch = _batch(now=now, practice_name=practice_name)
    audit.record("notes.read", patients=[id for one in batch for id in one.shown])
    return batch


def printed(*, ids: Collection[UUID], what: str, practice_name: str, now: datetime) -> list[ToPrint]:
    """Those of `ids` that are still open, for a print of `what` ("cards", "labels"); in the trail as printed."""
    batch = [one for one in _batch(now=now, practice_name=practice_name) if one.id in set(ids)]
    audit.record("notes.printed", patients=[id for one in batch for id in one.shown], detail={"what": what})
    return batch


def _batch(*, now: datetime, practice_name: str) -> list[ToPrint]:
    found = open_notes(limit=MOST).notes
    cards = [card_of(facts, now=now) for facts in found]
    owners = Patient.objects.in_bulk({card.address_of for card in cards})
    sender = sender_line(practice_name)
    return [_one(facts, card, owners[card.address_of], sender=sender) for facts, card in zip(found, cards, strict=True)]


def sender_line(practice_name: str) -> str:
    """ "Aurora Aesthetics · 12 Main St, Portland, OR 97209": the practice's first location."""
    place = Location.objects.order_by("-is_active", "created_at", "id").first()
    region = " ".join(part for part in (place.state, place.postal_code) if part) if place else ""
    where = ", ".join(part for part in (place.address, place.city, region) if part) if place else ""
    return " · ".join(part for part in (practice_name, where) if part)


def _one(facts: NoteFacts, card: NoteCard, owner: Patient, *, sender: str) -> ToPrint:
    address = () if card.hand_over else envelope(owner, to=card.to)
    return ToPrint(
        id=card.id,
        patient_id=card.patient_id,
        shown=card.shown,
        name=card.name,
        greeting=f"Thank you, {dear_of(facts, card)}",
        words=card.draft,
        sign=card.staff,
        address=address,
        sender="" if card.plain_envelope else sender,
        plain_envelope=card.plain_envelope,
        no_card=card.held_why or _refused(facts),
        no_label=card.held_why or _no_address(hand_over=card.hand_over, address=address),
    )


def _refused(facts: NoteFacts) -> str:
    """The catalogue may have learned a word since the draft was kept."""
    found = refused_words(facts.draft, service_names=facts.service_names)
    return "The words for it tell too much: open the note and look again" if found else ""


def _no_address(*, hand_over: bool, address: tuple[str, ...]) -> str:
    if hand_over:
        return "Wishes no mail: give it in person"
    return "" if address else "No address on file: give it in person, or ask"
