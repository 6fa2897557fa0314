"""Names and other words as somebody typed them, on one line."""

from core.errors import DomainError
from core.given_text import given_text, is_visible


def needed(value: str, *, what: str, field: str, most: int) -> str:
    """what: begins the message, as "The name". Raises DomainError for nothing, or for more than `most` characters."""
    text = optional(value, what=what, field=field, most=most)
    if not is_visible(text):
        raise DomainError(f"{field}_missing", f"{what} is missing. Write it down.", field=field)
    return text


def optional(value: str, *, what: str, field: str, most: int) -> str:
    """ "" for nothing. Raises DomainError."""
    return " ".join(given_text(value, what=what, field=field, limit=most).split())
