"""Deliveries are kept for thirty days after they ended, like the events behind them; addresses as long as a grant."""

from datetime import datetime, timedelta

from core import audit
from tenants.webhooks.granted import granted
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint

KEPT = timedelta(days=30)


def forget_ended(*, now: datetime) -> int:
    """Remove what ended long ago; returns how many deliveries."""
    return WebhookDelivery.objects.filter(ended_at__lt=now - KEPT).delete()[0]


def forget_ungranted() -> int:
    """Remove addresses whose grant ended: a grant given anew begins with none. Returns how many."""
    gone = 0
    for endpoint in WebhookEndpoint.objects.all():
        of = granted(endpoint.grant_id)
        if of is None:
            audit.record("webhook.removed", subject=endpoint, detail={"application": endpoint.application_id})
            endpoint.delete()
            gone += 1
    return gone
