"""What the demo network has told about itself: figures and contributions of every practice, releases of past months."""

from datetime import datetime, timedelta

from core.tenancy.scope import practice_scope
from infra.seeds.members import Member
from infra.seeds.plan import Plan
from loyalty.benchmarks.close_month import close_month, settles_at
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.models import MonthClose
from loyalty.drifting.refresh import refresh_drift
from loyalty.metrics.windows import Month
from tenants.models import Practice

# Of three years the first is needed whole before a rolling year is.
RELEASED_MONTHS = 24
# The network's people close a month some days after it has settled.
_CLOSED_AFTER = timedelta(days=3, hours=16)


def refresh_figures(member: Member, plan: Plan) -> int:
    """Compute the practice's figures and contribute them, and who is slipping away, as the nightly jobs do.

    Returns how many figures it has.
    """
    practice = Practice.objects.get(slug=member.slug).ref
    with practice_scope(practice):
        refresh_drift(now=plan.now)
        return refresh(practice=practice, now=plan.now).figures


def months_to_close(plan: Plan) -> list[Month]:
    """The months that were closed by now, oldest first, without those that an earlier run has closed already."""
    last = Month.of(plan.now.date())
    while closed_at(last) > plan.now:
        last = last.shifted(-1)
    begins = Month.of(plan.now.date() - timedelta(days=plan.days))
    first = max(begins, last.shifted(1 - RELEASED_MONTHS))
    done = set(MonthClose.objects.values_list("month", flat=True))
    months = []
    while first <= last:
        if first.first not in done:
            months.append(first)
        first = first.shifted(1)
    return months


def close(month: Month) -> int:
    """Release the month's benchmarks, dated as if somebody had done so at the time; returns how many are shown."""
    return close_month(month=month, now=closed_at(month)).published


def closed_at(month: Month) -> datetime:
    return settles_at(month) + _CLOSED_AFTER
