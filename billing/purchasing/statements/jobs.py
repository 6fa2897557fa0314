"""What statements take for subscriptions reaches the subscriptions: after the approval, and every hour what did not."""

from django.utils import timezone

from billing.crediting import credit_due
from core.jobs import network_job


@network_job("purchasing.credit_netted")
def credit_netted() -> int:
    """Returns how many credits were given."""
    return credit_due(now=timezone.now())
