"""What the network decided about months that are not released yet: the latest decision of each counts."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from loyalty.benchmarks.models import Decision, MonthDecision
from loyalty.metrics.windows import Month


def one_at_a_time() -> None:
    """Wait until nobody else closes, approves or holds a month; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('benchmarks.month'))")


def decision_of(month: Month) -> MonthDecision | None:
    return MonthDecision.objects.filter(month=month.first).order_by("at", "id").last()


def decisions_of(months: Iterable[date]) -> dict[date, MonthDecision]:
    """The latest decision of each of `months` that has one, by its first day."""
    found = MonthDecision.objects.filter(month__in=list(months)).order_by("at", "id")
    return {decision.month: decision for decision in found}


def is_held(month: Month) -> bool:
    decision = decision_of(month)
    return decision is not None and decision.kind == Decision.HELD
