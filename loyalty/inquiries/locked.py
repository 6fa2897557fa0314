"""An inquiry held for change."""

from datetime import datetime
from uuid import UUID

from core.errors import Conflict, NotFound
from loyalty.models import Inquiry
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_moment


def locked(inquiry_id: UUID) -> Inquiry:
    """Raises NotFound."""
    inquiry = (
        Inquiry.objects.select_for_update(no_key=True, of=("self",))
        .select_related("location", "patient", "assigned_to")
        .filter(id=inquiry_id)
        .first()
    )
    if inquiry is None:
        raise NotFound("inquiry_not_found", "This inquiry is not on file.")
    return inquiry


def check_open(inquiry: Inquiry, *, now: datetime) -> None:
    """Raises Conflict where it was settled, with how and when."""
    if inquiry.state == Inquiry.State.BECAME_PATIENT:
        raise Conflict("inquiry_patient", f"{inquiry.name} is a patient by now. Go on with their page.")
    if inquiry.state == Inquiry.State.CLOSED and inquiry.closed_at:
        zone = zone_of(inquiry.location.time_zone) if inquiry.location else practice_zone()
        when = spoken_moment(inquiry.closed_at, zone=zone, now=now)
        raise Conflict("inquiry_closed", f"This inquiry was closed {when}. Open it again first.")
