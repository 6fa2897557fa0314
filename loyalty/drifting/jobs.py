"""Every night: who is slipping away, and whom the playbook asks to be called. One job a practice."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.drifting.plan import plan_drifting
from loyalty.drifting.refresh import refresh_drift
from tenants.everywhere import enqueue_everywhere


@practice_job("drifting.refresh")
def refresh_in_practice() -> int:
    """Fit and score the practice, then plan; returns how many contacts were made."""
    now = timezone.now()
    refresh_drift(now=now)
    return plan_drifting(now=now)


@network_job("drifting.refresh_all")
def refresh_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(refresh_in_practice)
