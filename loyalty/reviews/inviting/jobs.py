"""When patients are asked for public reviews: every night, one job a practice."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.reviews.inviting.invite import invite
from tenants.everywhere import enqueue_everywhere


@practice_job("reviews.invite")
def invite_in_practice() -> int:
    """Ask those whose turn it is; returns how many messages were written."""
    return invite(now=timezone.now())


@network_job("reviews.invite_all")
def invite_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(invite_in_practice)
