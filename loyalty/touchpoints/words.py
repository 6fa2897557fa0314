"""What may not stand on a card: offers, and anything that tells a treatment."""

from collections.abc import Iterable


def refused_words(text: str, *, service_names: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of `text` that make it an offer or name a treatment, as they are written; empty if it may go out."""
    raise NotImplementedError
