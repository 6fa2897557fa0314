"""Thank-you cards as one PDF: a greeting, room to write by hand or the words for it, and our name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontend.print.faces import HANKEN, SANS, SERIF, face_for, settable
from frontend.print.typeset import pdf_of


@dataclass(frozen=True, slots=True)
class Paper:
    """In millimeters, as the card lies."""

    name: str
    width: float
    height: float


PAPERS = {"a6": Paper("A6, 148 × 105 mm", 148, 105), "a2": Paper("US A2, 5.5 × 4.25 in", 139.7, 107.95)}


@dataclass(frozen=True, slots=True)
class Card:
    """greeting: "Thank you, Beatrice". words: "" for lines to write on. sign: who signs."""

    greeting: str
    words: str
    sign: str


def can_be_set(card: Card) -> bool:
    return _face(card) is not None


def cards_pdf(cards: Sequence[Card], *, paper: Paper, practice: str, now: datetime) -> bytes:
    """One page a card, as they come. Raises ValueError for a card that cannot be set."""
    rows = []
    for card in cards:
        face = _face(card)
        if face is None:
            raise ValueError("a card in a script that we cannot set")
        rows.append(
            {
                "greeting": settable(card.greeting),
                "words": settable(card.words),
                "sign": settable(card.sign),
                "face": face,
                "sans": face_for(settable(practice), faces=SANS) or HANKEN,
            }
        )
    data = {
        "title": "Thank-you cards",
        "author": practice,
        "practice": settable(practice),
        "sans": HANKEN,
        "width": paper.width,
        "height": paper.height,
        "cards": rows,
    }
    return pdf_of("cards.typ", data=data, now=now)


def _face(card: Card) -> str | None:
    """One font for the whole card: two on a card look like a mistake."""
    return face_for(settable(card.greeting), settable(card.words), settable(card.sign), faces=SERIF)
