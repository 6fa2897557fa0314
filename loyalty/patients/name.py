"""How the team says somebody's name: preferred before given, then family. The same as Patient.display_name."""


def shown_name(given: str, preferred: str, family: str) -> str:
    return " ".join(part for part in (preferred or given, family) if part)


def first_name(given: str, preferred: str, family: str) -> str:
    """What a card begins with, after "Dear"."""
    return preferred or given or family
