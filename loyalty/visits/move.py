"""A visit gets another time; its service preview moves with it in the same transaction."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Visit


def move(*, visit_id: UUID, starts_at: datetime, now: datetime) -> Visit:
    raise NotImplementedError
