"""Quotes a piece of an export in a reason: short, on one line, without control characters."""

QUOTED_CHARACTERS = 40


def quoted(value: str) -> str:
    """`value` in quotes, cut to 40 characters; anything that does not print is written as an escape."""
    shown = value if len(value) <= QUOTED_CHARACTERS else value[:QUOTED_CHARACTERS] + "…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown) + '"'
