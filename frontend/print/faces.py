"""Which of our fonts can set a text, and which texts none of them sets right."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from fontTools.ttLib import TTFont
from fontTools.unicodedata import script

from frontend.print.typeset import FACES

# What we promise: others need shaping or fonts that we do not have, and a name set wrong is worse than one by hand.
SCRIPTS = frozenset({"Latn", "Grek", "Cyrl", "Zyyy", "Zinh"})
# What stands where some program could not read a letter.
LOST = "\ufffd"
ON_SCREEN = "(see the screen)"
BODONI, NOTO_SERIF = "Bodoni Moda", "Noto Serif Display"
HANKEN, NOTO_SANS = "Hanken Grotesk", "Noto Sans"
_FILES = {
    BODONI: "BodoniModa_500Medium_Italic.ttf",
    NOTO_SERIF: "NotoSerifDisplay_500Medium_Italic.ttf",
    HANKEN: "HankenGrotesk_400Regular.ttf",
    NOTO_SANS: "NotoSans_400Regular.ttf",
}


@dataclass(frozen=True, slots=True)
class Faces:
    """first: the house's own; other: what sets the same kind of text in more scripts."""

    first: str
    other: str


SERIF, SANS = Faces(BODONI, NOTO_SERIF), Faces(HANKEN, NOTO_SANS)


def settable(text: str) -> str:
    """`text` as it is set: composed, with plain blanks, without marks that only steer the direction or the joining."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(" " if letter.isspace() and letter != "\n" else letter for letter in composed)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf").strip()


def in_sans(text: str) -> str:
    """`text` as our sans sets it. One that no font of ours sets right is not set wrong: the screen shows it."""
    return settable(text) if face_for(settable(text), faces=SANS) else ON_SCREEN


def face_for(*texts: str, faces: Faces) -> str | None:
    """The one font that sets all of `texts`, so that a name is never patched together; None where no font does."""
    letters = frozenset("".join(texts)) - {"\n"}
    if LOST in letters or any(script(letter) not in SCRIPTS for letter in letters):
        return None
    return next((face for face in (faces.first, faces.other) if letters <= _letters(face)), None)


@lru_cache(maxsize=8)
def _letters(face: str) -> frozenset[str]:
    with TTFont(FACES / _FILES[face], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
