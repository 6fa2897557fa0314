"""After statements were approved: what they take reaches the subscriptions, and members are told; and what did not
then, later."""

from django.utils import timezone

from billing.crediting import credit_due
from billing.purchasing.statements.tell import tell_statements
from core.jobs import network_job


@network_job("purchasing.credit_netted")
def credit_netted() -> int:
    """Returns how many credits were given."""
    return credit_due(now=timezone.now())


@network_job("purchasing.tell_statements")
def tell_of_statements() -> int:
    """Returns how many mails were taken."""
    return tell_statements(now=timezone.now())
