"""Somebody who asked is called: what came of it, and when to call again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text
from loyalty.inquiries.due import next_call_due
from loyalty.inquiries.given import LONGEST
from loyalty.inquiries.locked import check_open, locked
from loyalty.models import CallOutcome, Inquiry, InquiryCall

_PROMISE, _LONGEST_MINUTES = 300, 600


def call(
    *,
    inquiry_id: UUID,
    outcome: str,
    notes: str = "",
    promised: str = "",
    next_on: date | None = None,
    minutes: int | None = None,
    by_staff_id: UUID | None,
    now: datetime,
) -> InquiryCall:
    """Write down a call. Whoever spoke with them made the first call; else the next working day asks for another.

    next_on: the local day of the next call; after a talk none is due without it. promised: carried to their first
    visit. Raises NotFound, Conflict where it was settled, DomainError.
    """
    if outcome not in CallOutcome.values:
        raise DomainError("outcome_unknown", "Choose what came of the call.", field="outcome")
    said = given_text(notes, what="The notes", field="notes", limit=LONGEST, lines=True)
    promise = given_text(promised, what="The promise", field="promised", limit=_PROMISE)
    if promise and outcome != CallOutcome.REACHED:
        raise DomainError(
            "nobody_reached", "Nothing can be promised to somebody whom nobody reached.", field="promised"
        )
    if minutes is not None and not 0 <= minutes <= _LONGEST_MINUTES:
        raise DomainError(
            "minutes_out_of_range", f"Minutes lie between 0 and {_LONGEST_MINUTES}, or leave them out.", field="minutes"
        )
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        check_open(inquiry, now=now)
        reached = outcome == CallOutcome.REACHED
        if reached:
            inquiry.first_called_at = inquiry.first_called_at or now
            inquiry.state = Inquiry.State.CALLED
        inquiry.due_at = None if reached and next_on is None else next_call_due(inquiry, next_on=next_on, now=now)
        inquiry.save(update_fields=["first_called_at", "state", "due_at", "updated_at"])
        made = InquiryCall.objects.create(
            inquiry=inquiry,
            outcome=outcome,
            at=now,
            by_id=by_staff_id,
            notes=said,
            promised=promise,
            minutes=minutes,
        )
        changed("inquiry.called", inquiry, detail={"outcome": outcome})
        return made
