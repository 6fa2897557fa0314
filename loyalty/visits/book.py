"""A visit is booked; its service preview is planned in the same transaction."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Visit


def book(
    *,
    patient_id: UUID,
    location_id: UUID,
    starts_at: datetime,
    staff_id: UUID | None = None,
    service_id: UUID | None = None,
    now: datetime,
) -> Visit:
    """Book a visit. Raises NotFound, or DomainError with `field` set to what cannot be booked."""
    raise NotImplementedError
