"""A visit is over; the thank-you note is planned in the same transaction."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Visit


def complete(*, visit_id: UUID, now: datetime) -> Visit:
    """Raises Conflict where somebody completed it already, DomainError where its state does not allow it."""
    raise NotImplementedError
