"""When patients are asked for public reviews: every night, one job a practice."""

from django.utils import timezone

from core.jobs import enqueue, network_job, practice_job
from loyalty.reviews.inviting.invite import invite
from tenants.refs import active_practices


@practice_job("reviews.invite")
def invite_in_practice() -> int:
    """Ask those whose turn it is; returns how many messages were written."""
    return invite(now=timezone.now())


@network_job("reviews.invite_all")
def invite_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    practices = active_practices()
    for practice in practices:
        enqueue(invite_in_practice, practice_id=practice.id)
    return len(practices)
