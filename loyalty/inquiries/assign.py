"""A colleague looks after an inquiry."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from loyalty.inquiries.locked import check_open, locked
from loyalty.inquiries.take import who_is_there
from loyalty.models import Inquiry


def assign(*, inquiry_id: UUID, staff_id: UUID | None, was: UUID | None, now: datetime) -> Inquiry:
    """To `staff_id`, or to nobody. `was`: whose the asker saw it to be.

    Raises NotFound, Conflict where it was settled or is somebody else's by now, DomainError.
    """
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        check_open(inquiry, now=now)
        if inquiry.assigned_to_id != was:
            whose = inquiry.assigned_to.display_name if inquiry.assigned_to else "nobody"
            raise Conflict("assigned_meanwhile", f"Meanwhile this belongs to {whose}. Look again, then hand it on.")
        inquiry.assigned_to = who_is_there(staff_id)
        inquiry.save(update_fields=["assigned_to", "updated_at"])
        changed("inquiry.assigned", inquiry, detail={"to": staff_id})
        return inquiry
