"""When figures are brought up to date: every night, one job a practice."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from core.tenancy.scope import current_practice
from loyalty.benchmarks.contribute import refresh
from tenants.everywhere import enqueue_everywhere


@practice_job("benchmarks.refresh")
def refresh_practice() -> int:
    """Bring the figures and contributions of the practice up to date; returns how many figures it has."""
    return refresh(practice=current_practice(), now=timezone.now()).figures


@network_job("benchmarks.refresh_all")
def refresh_all() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(refresh_practice)
