"""An inquiry comes to nothing, for a reason; or they ask again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.given_text import given_text, is_visible
from loyalty.inquiries.due import first_call_due
from loyalty.inquiries.locked import check_open, locked
from loyalty.models import Inquiry

_BECAUSE = 200


def close(*, inquiry_id: UUID, because: str, now: datetime) -> Inquiry:
    """Raises NotFound, Conflict where it was settled, DomainError without a reason."""
    reason = given_text(because, what="The reason", field="because", limit=_BECAUSE)
    if not is_visible(reason):
        raise DomainError("reason_missing", "Say why, so that we learn from it.", field="because")
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        check_open(inquiry, now=now)
        inquiry.state, inquiry.closed_at, inquiry.closed_because = Inquiry.State.CLOSED, now, reason
        inquiry.due_at = None
        inquiry.save(update_fields=["state", "closed_at", "closed_because", "due_at", "updated_at"])
        changed("inquiry.closed", inquiry)
        return inquiry


def reopen(*, inquiry_id: UUID, now: datetime) -> Inquiry:
    """Open it again; a call is due as if they asked now. Raises NotFound, Conflict where it is open or a patient."""
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        if inquiry.state != Inquiry.State.CLOSED:
            check_open(inquiry, now=now)
            raise Conflict("inquiry_open", "This inquiry is open.")
        inquiry.state = Inquiry.State.CALLED if inquiry.first_called_at else Inquiry.State.OPEN
        inquiry.closed_at, inquiry.closed_because = None, ""
        inquiry.due_at = first_call_due(inquiry.location, now=now)
        inquiry.save(update_fields=["state", "closed_at", "closed_because", "due_at", "updated_at"])
        changed("inquiry.reopened", inquiry)
        return inquiry
