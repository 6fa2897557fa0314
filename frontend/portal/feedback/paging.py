"""Where a page of a list ends, in an address: a moment and an id."""

from datetime import datetime
from uuid import UUID

from loyalty.feedback.inbox import Place


def written(place: Place | None) -> str:
    return f"{place.at.isoformat()}_{place.id}" if place else ""


def place_of(text: str) -> Place | None:
    """None for none, and for what is none: then the list begins at its beginning."""
    at, _, id_ = text.partition("_")
    try:
        # A plus in an address arrives as a blank.
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return Place(moment, UUID(id_)) if moment.tzinfo else None
    except ValueError:
        return None
