"""When figures are brought up to date (every night, one job a practice) and when months are released."""

from django.utils import timezone

from core.errors import Conflict
from core.jobs import enqueue, network_job, practice_job
from core.tenancy.scope import current_practice
from loyalty.benchmarks.calendar import due_months
from loyalty.benchmarks.close_month import close_month
from loyalty.benchmarks.contribute import refresh
from loyalty.reports.jobs import make_all
from tenants.everywhere import enqueue_everywhere


@practice_job("benchmarks.refresh")
def refresh_practice() -> int:
    """Bring the figures and contributions of the practice up to date; returns how many figures it has."""
    return refresh(practice=current_practice(), now=timezone.now()).figures


@network_job("benchmarks.refresh_all")
def refresh_all() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(refresh_practice)


@network_job("benchmarks.release_due")
def release_due() -> int:
    """Release every month that is due by the calendar; returns how many. One that somebody else has just is let be."""
    released = 0
    for month in due_months(now=timezone.now()):
        try:
            close_month(month=month, now=timezone.now())
        except Conflict:
            continue
        released += 1
    if released:
        enqueue(make_all)
    return released
