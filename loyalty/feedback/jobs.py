"""When patients are asked at home: every hour, in each practice; the action itself knows whose morning it is."""

from django.utils import timezone

from core.jobs import network_job, practice_job
from loyalty.feedback.ask_later import ask_later
from tenants.everywhere import enqueue_everywhere


@practice_job("feedback.ask_later")
def ask_in_practice() -> int:
    """Returns how many patients a link was queued for."""
    return ask_later(now=timezone.now())


@network_job("feedback.ask_later_everywhere")
def ask_everywhere() -> int:
    """Ask every active practice to; returns how many there are."""
    return enqueue_everywhere(ask_in_practice)
