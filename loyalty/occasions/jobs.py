"""When personal days become contacts: every day, one job a practice."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.occasions.plan import plan_occasions
from tenants.everywhere import enqueue_everywhere


@practice_job("occasions.plan")
def plan_in_practice() -> int:
    """Plan the contacts of the practice; returns how many were made."""
    return plan_occasions(now=timezone.now())


@network_job("occasions.plan_all")
def plan_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(plan_in_practice)
