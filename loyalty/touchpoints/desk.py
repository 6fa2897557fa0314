"""One note on the writing desk: what to mention, whom to sign as, and how the envelope must look."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.touchpoints.notes import NoteCard


@dataclass(frozen=True, slots=True)
class Mention:
    """text: the fact. line: a sentence for the card. source: "Memory, told Dr. Sato on June 15"."""

    text: str
    line: str
    source: str


@dataclass(frozen=True, slots=True)
class NoteDesk:
    """address: the lines of the envelope, empty where none is on file. salutation: "Dear Beatrice,"."""

    card: NoteCard
    salutation: str
    mentions: tuple[Mention, ...]
    address: tuple[str, ...]
    wishes: tuple[str, ...]


def desk(*, touchpoint_id: UUID, now: datetime) -> NoteDesk:
    raise NotImplementedError
