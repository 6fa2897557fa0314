"""Text as somebody gave it: kept exactly, but for the blanks around it, or refused with a reason."""

import unicodedata

from core.errors import DomainError

# Not str.strip()'s own: that takes off four control characters in silence, which would hide a broken source.
_BLANKS = "\t\n\r " + "".join(letter for letter in map(chr, range(0xA0, 0x3001)) if letter.isspace())
_NAMES = {
    "\0": "a zero character",
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a line break",
    "\x1b": "an escape character",
}
_KEPT_IN_LINES = "\n\t"


def given_text(value: str, *, what: str, field: str, limit: int, lines: bool = False) -> str:
    """`value` without blanks around it. `what` begins the message: "The given name". `lines`: breaks may stand inside.

    Raises DomainError for control characters, for halves of characters and for more than `limit` characters.
    """
    text = (value.replace("\r\n", "\n") if lines else value).strip(_BLANKS)
    # What can be printed holds neither, and nearly everything can be: asked first, because it is asked in one go.
    for letter in "" if text.isprintable() else text:
        # Cc: control characters. Cs: a half of a character, which UTF-8 cannot hold.
        if unicodedata.category(letter) in ("Cc", "Cs") and not (lines and letter in _KEPT_IN_LINES):
            raise DomainError(
                "text_unreadable",
                f"{what} holds {_NAMES.get(letter, 'a control character')}, which cannot be kept. Type it by hand.",
                field=field,
            )
    if len(text) > limit:
        raise DomainError(
            "text_too_long", f"{what} has {len(text)} characters and {limit} fit. Shorten it.", field=field
        )
    return text


def is_visible(text: str) -> bool:
    """Whether anything of `text` can be seen: zero-width characters alone make no name."""
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in text)
