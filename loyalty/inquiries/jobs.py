"""When inquiries that came to nothing are forgotten: every night, one job a practice."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.inquiries.forget import forget_inquiries
from tenants.everywhere import enqueue_everywhere


@practice_job("inquiries.forget")
def forget_in_practice() -> int:
    """Returns how many were erased."""
    return forget_inquiries(now=timezone.now())


@network_job("inquiries.forget_everywhere")
def forget_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(forget_in_practice)
