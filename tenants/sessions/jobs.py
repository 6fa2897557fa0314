"""Sessions whose time is over are swept away."""

from django.utils import timezone

from core.jobs import network_job
from tenants.models import Session


@network_job("sessions.sweep")
def sweep() -> int:
    """Delete every session that has expired; returns how many."""
    return Session.objects.filter(expire_date__lte=timezone.now()).delete()[0]
