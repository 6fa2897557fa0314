"""Normalizes text so that a database can hold it and people can search it."""

import re
import unicodedata

# Whitespace has been folded before this is asked: what is left of C0 and C1 is noise that no name or number holds.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class TextError(ValueError):
    """The text cannot be kept; `str(error)` completes a sentence that begins with the field's name."""


def clean_text(value: str, *, most: int) -> str:
    """`value` on one line, without outer blanks, in Unicode normal form C; at most `most` characters.

    Raises TextError where it holds what a database or a screen cannot: NUL and other control characters, half a
    surrogate pair, or more characters than fit. Nothing is cut silently.
    """
    value = value.strip(" ")
    if not (value.isascii() and value.isprintable() and "  " not in value):
        if "\x00" in value:
            raise TextError("holds a NUL character (U+0000), which no database text can hold")
        # str.split() takes the separators U+001C-U+001F for blanks, too; every other control character stays.
        value = " ".join(value.split())
        if found := _CONTROL.search(value):
            raise TextError(f"holds a control character (U+{ord(found[0]):04X})")
        if _SURROGATE.search(value):
            raise TextError("holds half a character (a lone surrogate)")
        value = unicodedata.normalize("NFC", value)
    if len(value) > most:
        raise TextError(f"is longer than {most} characters")
    return value
