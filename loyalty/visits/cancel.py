"""A visit is called off, and with it the contact planned for it, in the same transaction."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Visit


def cancel(*, visit_id: UUID, now: datetime) -> Visit:
    raise NotImplementedError
