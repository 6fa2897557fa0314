"""Every night: who is slipping away, and whom the playbook asks to be called. One job a practice.

And for the network, after each month that is released: what practices have in common.
"""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.benchmarks.read import latest_closed
from loyalty.drifting.plan import plan_drifting
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.release_prior import release_prior
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


@network_job("drifting.release_prior")
def release_due_prior() -> bool:
    """Release the prior that goes with the latest released month; returns whether there was a new one."""
    latest = latest_closed()
    return latest is not None and release_prior(month=latest, now=timezone.now()) is not None
