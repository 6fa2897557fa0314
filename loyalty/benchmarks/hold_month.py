"""The network holds a month: it is not released on its day, but when somebody approves it."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError
from loyalty.benchmarks.approve_month import check_unreleased
from loyalty.benchmarks.decided import decision_of, one_at_a_time
from loyalty.benchmarks.models import Decision, HoldReason, MonthDecision
from loyalty.metrics.windows import Month

LONGEST_NOTE = 300


def hold_month(*, month: Month, reason: str, note: str = "", by_name: str, now: datetime) -> MonthDecision:
    """reason: a HoldReason. note: for the network's own history. by_name: who holds, as the calendar shows it.

    Raises DomainError (hold_reason, hold_note, month_ahead); Conflict (month_closed, month_held).
    """
    if reason not in HoldReason.values:
        raise DomainError("hold_reason", "Choose why the month is held.", field="reason")
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise DomainError("hold_note", f"Keep the note to {LONGEST_NOTE} characters.", field="note")
    if month > Month.of(now.date()):
        raise DomainError("month_ahead", f"{month.first:%B %Y} has not begun. There is nothing to hold yet.")
    with transaction.atomic():
        one_at_a_time()
        check_unreleased(month)
        before = decision_of(month)
        if before is not None and before.kind == Decision.HELD:
            raise Conflict("month_held", f"{before.by_name} holds {month.first:%B %Y} already.")
        decision = MonthDecision.objects.create(
            month=month.first, kind=Decision.HELD, reason=reason, note=note, by_name=by_name, at=now
        )
        audit.record("month.held", subject=decision, detail={"month": str(month), "reason": reason})
    return decision
