"""When claims are mailed: after somebody asked, and every ten minutes for what did not go out then."""

from django.utils import timezone

from billing.purchasing.claims.deliver import deliver_waiting
from core.jobs import network_job


@network_job("purchasing.mail_claims")
def mail_waiting() -> int:
    """Returns how many mails were taken."""
    return deliver_waiting(now=timezone.now())
