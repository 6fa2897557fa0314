"""A patient comes without a booking."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Visit


def walk_in(
    *,
    patient_id: UUID,
    location_id: UUID,
    staff_id: UUID | None = None,
    service_id: UUID | None = None,
    now: datetime,
) -> Visit:
    """A visit that begins now, with the patient already here."""
    raise NotImplementedError
