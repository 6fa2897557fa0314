"""Names of columns, so that two ways to write one are the same."""

import re

_IN_BRACKETS = re.compile(r"[(\[{].*$")


def normal(name: str) -> str:
    """ "Birth Date (MM/DD/YYYY)" → "birthdate"."""
    return "".join(c for c in _IN_BRACKETS.sub("", name).casefold() if c.isalnum())
