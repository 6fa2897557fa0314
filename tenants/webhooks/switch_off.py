"""An address is told nothing more: because somebody says so, or because nobody listens there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict
from core.jobs import enqueue
from core.tenancy.scope import current_practice
from tenants.webhooks.found import locked_endpoint
from tenants.webhooks.models import DeliveryState, OffWhy, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.tell import tell_people


def switch_off(*, endpoint_id: UUID, grant_id: UUID | None = None, now: datetime) -> WebhookEndpoint:
    """By hand. What waits is not delivered. Raises NotFound, Conflict endpoint_off."""
    with transaction.atomic():
        endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
        if endpoint.off_at is not None:
            raise Conflict("endpoint_off", "It is switched off already.")
        switch_off_locked(endpoint, OffWhy.BY_HAND, now=now)
    return endpoint


def switch_on(*, endpoint_id: UUID, grant_id: UUID | None = None) -> WebhookEndpoint:
    """What happens from now on is told again; what was missed can be replayed. Raises NotFound, Conflict."""
    with transaction.atomic():
        endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
        if endpoint.off_at is None:
            raise Conflict("endpoint_on", "It is on already.")
        endpoint.off_at, endpoint.off_why, endpoint.told_at = None, "", None
        endpoint.failures, endpoint.rests_until = 0, None
        endpoint.save()
        audit.record("webhook.switched_on", subject=endpoint, detail={"application": endpoint.application_id})
    return endpoint


def set_on(*, endpoint_id: UUID, grant_id: UUID, on: bool, now: datetime) -> None:
    """As `switch_on` and `switch_off`; nothing where it is so already. Raises NotFound."""
    with transaction.atomic():
        endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
        if on and endpoint.off_at is not None:
            switch_on(endpoint_id=endpoint_id, grant_id=grant_id)
        elif not on and endpoint.off_at is None:
            switch_off_locked(endpoint, OffWhy.BY_HAND, now=now)


def switch_off_locked(endpoint: WebhookEndpoint, why: OffWhy, *, now: datetime) -> None:
    """In the caller's transaction, which has locked the row. Whoever should know is told after it."""
    endpoint.off_at, endpoint.off_why, endpoint.told_at = now, why, None
    endpoint.save()
    WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).update(
        state=DeliveryState.FAILED, problem="switched_off", ended_at=now
    )
    audit.record(
        "webhook.switched_off",
        subject=endpoint,
        detail={"application": endpoint.application_id, "why": str(why.value)},
    )
    if why != OffWhy.BY_HAND:
        enqueue(tell_people, practice_id=current_practice().id, swept=True, endpoint_id=str(endpoint.id))
