"""What the demo network has told about itself: figures and contributions of every practice, releases of past months."""

from datetime import datetime, timedelta

from core.tenancy.scope import practice_scope
from infra.seeds.members import Member
from infra.seeds.people import NORA
from infra.seeds.plan import Plan
from loyalty.benchmarks.close_month import close_month, settles_at
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.models import Decision, HoldReason, MonthClose, MonthDecision
from loyalty.benchmarks.read import latest_closed
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.release_prior import release_prior
from loyalty.metrics.windows import Month
from loyalty.reports.make import make_report
from tenants.models import Practice

# Of three years the first is needed whole before a rolling year is.
RELEASED_MONTHS = 24
# The network's people close a month some days after it has settled.
_CLOSED_AFTER = timedelta(days=3, hours=16)
HELD_EVERY = 8


def refresh_figures(member: Member, plan: Plan) -> int:
    """Compute the practice's figures and contribute them, and who is slipping away, as the nightly jobs do.

    Returns how many figures it has.
    """
    practice = Practice.objects.get(slug=member.slug).ref
    with practice_scope(practice):
        refresh_drift(now=plan.now)
        return refresh(practice=practice, now=plan.now).figures


def make_reports(plan: Plan) -> int:
    """Make each practice's report of the latest released month; returns how many there are."""
    made = 0
    for practice in Practice.objects.filter(slug__in=[member.slug for member in plan.members]):
        with practice_scope(practice.ref):
            made += make_report(practice=practice.ref, now=plan.now) is not None
    return made


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
    _decide(month)
    return close_month(month=month, now=closed_at(month)).published


def _decide(month: Month) -> None:
    """Nora approves each month; once a year she holds it first."""
    decided = {"month": month.first, "by_name": NORA.name}
    if month.first.month == HELD_EVERY:
        MonthDecision.objects.create(
            **decided,
            kind=Decision.HELD,
            reason=HoldReason.QUALITY,
            note="Two practices sent visits without a location. Asked them to mend it.",
            at=settles_at(month) + timedelta(hours=15),
        )
    MonthDecision.objects.create(**decided, kind=Decision.APPROVED, at=closed_at(month))


def release_priors() -> None:
    """What the practices' patients have in common, with the latest released month."""
    latest = latest_closed()
    if latest is not None:
        release_prior(month=latest, now=closed_at(latest))


def closed_at(month: Month) -> datetime:
    return settles_at(month) + _CLOSED_AFTER
