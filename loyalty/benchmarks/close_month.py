"""Close a month: its releases are made, and the scheduled revisions of the months before it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from core.errors import Conflict, DomainError
from loyalty.benchmarks.associate import associate
from loyalty.benchmarks.decided import is_held, one_at_a_time
from loyalty.benchmarks.models import MonthClose, Release
from loyalty.benchmarks.release import release_months
from loyalty.metrics.windows import Month

# Two days after a month has ended in UTC it has ended everywhere, and every practice's nightly job has run since.
SETTLES_AFTER = timedelta(days=2)
# Corrections join the revisions that come with each of the next three closes.
REVISED_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Closed:
    """published, hidden: cells of the month. revised: new versions of cells of earlier months."""

    month: Month
    published: int
    hidden: int
    revised: int


def close_month(*, month: Month, now: datetime) -> Closed:
    """Make the month's releases, once and for all, and revise the three months before it.

    Runs in the control plane, after the practices have contributed. Raises DomainError (month_not_over) too early and
    Conflict (month_closed) the second time: what is corrected later joins the next month's revisions; or (month_held)
    while the network holds it.
    """
    settled = settles_at(month)
    if now < settled:
        raise DomainError(
            "month_not_over",
            f"{month} can be closed from {settled:%B %-d, %Y} (UTC) on, when every practice has reported.",
        )
    with transaction.atomic():
        one_at_a_time()
        if is_held(month):
            raise Conflict("month_held", f"{month} is held. Approve it first.")
        _, created = MonthClose.objects.get_or_create(month=month.first, defaults={"closed_at": now})
        if not created:
            raise Conflict(
                "month_closed", f"{month} is closed. Corrections join the revisions of the next month's close."
            )
        earlier = [month.shifted(-back) for back in range(1, REVISED_MONTHS + 1)]
        closed = MonthClose.objects.filter(month__in=[m.first for m in earlier]).values_list("month", flat=True)
        # The month first: what is released of it counts for the revisions.
        written = release_months([month, *(Month.of(first) for first in sorted(closed))], now=now)
        associate(month, now=now)
    releases = written.pop(month)
    revised = [release for releases_of_one in written.values() for release in releases_of_one]
    return Closed(month, _shown(releases), len(releases) - _shown(releases), len(revised))


def settles_at(month: Month) -> datetime:
    return datetime.combine(month.end, time(), tzinfo=UTC) + SETTLES_AFTER


def _shown(releases: list[Release]) -> int:
    return sum(not release.rule for release in releases)
