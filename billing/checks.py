"""What `manage.py check` says of billing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register


@register("billing")
def paid_plans(**_: Any) -> list[CheckMessage]:
    """Says that paid plans are off where they are, and that billing is a test where no money moves."""
    if not settings.STRIPE_SECRET_KEY:
        return [
            Warning(
                "Paid plans are off: members have the free plan, and the pages of billing say so.",
                hint="Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, then run manage.py set_up_stripe.",
                id="billing.W001",
            )
        ]
    if not settings.STRIPE_LIVE and not settings.DEMO:
        return [Info("Billing is in test mode: no money moves, and the pages say so.", id="billing.I001")]
    return []
