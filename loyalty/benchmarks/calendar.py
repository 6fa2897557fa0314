"""The release calendar: when a month is released by itself, what waits, and what the network decided about it.

A month settles two days after its end. From then on the network may approve it, which releases it at once, or hold it.
Where nobody decides, it is released on the 15th: the calendar works unattended, and holding is the exception.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.db.models import F

from loyalty.benchmarks.close_month import settles_at
from loyalty.benchmarks.decided import decisions_of
from loyalty.benchmarks.models import Decision, MonthClose, MonthDecision
from loyalty.metrics.windows import Month
from tenants.models import Practice

RELEASED_ON_THE = 15
RELEASED_AT_HOUR = 16  # UTC: by the morning of every American zone
# How far back a month that was held, or that nobody's machine was there to release, is still released.
REACH_MONTHS = 12


class Stage(StrEnum):
    """Where a month stands before it is released."""

    COLLECTING = "collecting"
    WAITING = "waiting"
    APPROVED = "approved"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Planned:
    """A month that is not released. settles: from when it can be approved. planned: when it goes out by itself.

    decision: the latest one, if any. reported: how many of the members who signed contributed for it; missing: the
    names of the others, expected: both together.
    """

    month: Month
    stage: Stage
    is_settled: bool
    settles: datetime
    planned: datetime
    decision: MonthDecision | None
    reported: int
    expected: int
    missing: tuple[str, ...]


def release_at(month: Month) -> datetime:
    """When the month is released if nobody decides otherwise."""
    return datetime(month.end.year, month.end.month, RELEASED_ON_THE, RELEASED_AT_HOUR, tzinfo=UTC)


def planned_months(*, now: datetime) -> list[Planned]:
    """Every month that is not released yet, the one that still collects last. Of members only who reported is read."""
    months = [*_unreleased(now), Month.of(now.date())]
    decisions = decisions_of(month.first for month in months)
    members = list(
        Practice.objects.filter(status=Practice.Status.ACTIVE, aggregation_agreed_at__isnull=False)
        .order_by("name")
        .annotate(last=F("last_contribution__month"))
        .values_list("name", "last")
    )
    found = []
    for month in months:
        missing = tuple(name for name, last in members if last is None or last < month.first)
        decision = decisions.get(month.first)
        found.append(
            Planned(
                month=month,
                stage=_stage(month, decision, now),
                is_settled=settles_at(month) <= now,
                settles=settles_at(month),
                planned=release_at(month),
                decision=decision,
                reported=len(members) - len(missing),
                expected=len(members),
                missing=missing,
            )
        )
    return found


def due_months(*, now: datetime) -> list[Month]:
    """The months to release now, oldest first: approved, or past their day and not held."""
    months = _unreleased(now)
    decisions = decisions_of(month.first for month in months)
    return [month for month in months if _is_due(month, decisions.get(month.first), now)]


def _is_due(month: Month, decision: MonthDecision | None, now: datetime) -> bool:
    if decision is None:
        return release_at(month) <= now
    return decision.kind == Decision.APPROVED


def _stage(month: Month, decision: MonthDecision | None, now: datetime) -> Stage:
    if decision is not None:
        return Stage.HELD if decision.kind == Decision.HELD else Stage.APPROVED
    return Stage.WAITING if settles_at(month) <= now else Stage.COLLECTING


def _unreleased(now: datetime) -> list[Month]:
    """Ended months without a release, oldest first. A network without any release begins with the latest one."""
    closed = set(MonthClose.objects.values_list("month", flat=True))
    last = Month.of(now.date()).shifted(-1)
    begin = max(Month.of(min(closed)), last.shifted(1 - REACH_MONTHS)) if closed else last
    months = []
    while begin <= last:
        if begin.first not in closed:
            months.append(begin)
        begin = begin.shifted(1)
    return months
