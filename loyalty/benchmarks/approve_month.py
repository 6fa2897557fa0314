"""The network approves a month: it is released at once, before its day or after it was held."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from loyalty.benchmarks.close_month import settles_at
from loyalty.benchmarks.decided import decision_of, one_at_a_time
from loyalty.benchmarks.jobs import release_due
from loyalty.benchmarks.models import Decision, MonthClose, MonthDecision
from loyalty.metrics.windows import Month


def approve_month(*, month: Month, by_name: str, now: datetime) -> MonthDecision:
    """by_name: who approves, as the calendar shows it.

    Raises DomainError (month_not_over) before every practice has reported, Conflict (month_closed, month_approved).
    """
    with transaction.atomic():
        one_at_a_time()
        if now < (settled := settles_at(month)):
            message = f"{month.first:%B %Y} can be approved from {settled:%B} {settled.day} on, when all have reported."
            raise DomainError("month_not_over", message)
        check_unreleased(month)
        before = decision_of(month)
        if before is not None and before.kind == Decision.APPROVED:
            raise Conflict("month_approved", f"{before.by_name} has approved {month.first:%B %Y} already.")
        decision = MonthDecision.objects.create(month=month.first, kind=Decision.APPROVED, by_name=by_name, at=now)
        audit.record("month.approved", subject=decision, detail={"month": str(month)})
        enqueue(release_due, swept=True)
    return decision


def check_unreleased(month: Month) -> None:
    """Raises Conflict where the month is released: what members have seen is not taken back."""
    if MonthClose.objects.filter(month=month.first).exists():
        raise Conflict("month_closed", f"{month.first:%B %Y} is released. A release is corrected, never taken back.")
