"""Every night: hold-outs whose last day is over are counted; what the network may learn of them is released."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from core.tenancy.scope import current_practice
from loyalty.holdouts.close import close_ended
from loyalty.holdouts.release import release_lifts
from tenants.everywhere import enqueue_everywhere


@practice_job("holdouts.close")
def close_in_practice() -> int:
    """Returns how many were closed."""
    return close_ended(practice=current_practice(), now=timezone.now())


@network_job("holdouts.close_all")
def close_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(close_in_practice)


@network_job("holdouts.release")
def release() -> int:
    """Returns how many were released: at most one a kind and quarter."""
    return len(release_lifts(now=timezone.now()))
