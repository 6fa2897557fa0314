"""Telling something because somebody asks for it: a test, or what was told before, or could not be."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core import audit
from core.errors import Conflict
from core.ids import uuid7
from tenants.webhooks.add import check_not_suspended
from tenants.webhooks.event_types import TEST, may_be_told
from tenants.webhooks.found import locked_delivery, locked_endpoint
from tenants.webhooks.granted import must_be_granted
from tenants.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.serve import serve_soon

# What was missed, and not what came through.
MISSED = (DeliveryState.FAILED, DeliveryState.WITHHELD)


def send_test(*, endpoint_id: UUID, grant_id: UUID | None = None, now: datetime) -> WebhookDelivery:
    """Tried once, at once, also where the address is left alone after failures.

    Raises NotFound, Conflict endpoint_off, partner_suspended, test_waits.
    """
    with transaction.atomic():
        endpoint = _ready(endpoint_id, grant_id)
        if endpoint.deliveries.filter(kind=TEST, state=DeliveryState.WAITING).exists():
            raise Conflict("test_waits", "A test is on its way already. Look again in a moment.")
        delivery = WebhookDelivery.objects.create(
            endpoint=endpoint, kind=TEST, record_id=uuid7(), happened_at=now, queued_at=now, next_try_at=now
        )
        _wake(endpoint)
        audit.record("webhook.tested", subject=endpoint, detail={"application": endpoint.application_id})
    return delivery


def replay(*, delivery_id: UUID, grant_id: UUID | None = None, now: datetime) -> WebhookDelivery:
    """Once more, with the same id, for another two days. Raises NotFound, Conflict as `send_test`, delivery_waits."""
    with transaction.atomic():
        delivery = locked_delivery(delivery_id, grant_id=grant_id)
        endpoint = _ready(delivery.endpoint_id, grant_id)
        if delivery.state == DeliveryState.WAITING:
            raise Conflict("delivery_waits", "It is on its way already.")
        if not may_be_told(delivery.kind, must_be_granted(endpoint.grant_id).scopes):
            raise Conflict("kind_not_granted", "The program may not read that here any more, so it is not told of it.")
        _again(WebhookDelivery.objects.filter(number=delivery.number), now=now)
        _wake(endpoint)
        audit.record("webhook.replayed", subject=endpoint, detail={"application": endpoint.application_id, "count": 1})
    delivery.refresh_from_db()
    return delivery


def replay_missed(*, endpoint_id: UUID, grant_id: UUID | None = None, now: datetime) -> int:
    """Everything that was not delivered, oldest first; returns how many. Raises NotFound, Conflict as `send_test`."""
    with transaction.atomic():
        endpoint = _ready(endpoint_id, grant_id)
        scopes = must_be_granted(endpoint.grant_id).scopes
        missed = WebhookDelivery.objects.filter(endpoint=endpoint, state__in=MISSED).exclude(kind=TEST)
        kinds = [one for one in missed.order_by().values_list("kind", flat=True).distinct() if may_be_told(one, scopes)]
        count = _again(missed.filter(kind__in=kinds), now=now)
        if not count:
            raise Conflict("nothing_missed", "Nothing is missing that the program may still be told.")
        _wake(endpoint)
        audit.record(
            "webhook.replayed", subject=endpoint, detail={"application": endpoint.application_id, "count": count}
        )
    return count


def _ready(endpoint_id: UUID, grant_id: UUID | None) -> WebhookEndpoint:
    """The address, locked, where something can be told now."""
    endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
    check_not_suspended(must_be_granted(endpoint.grant_id))
    if endpoint.off_at is not None:
        raise Conflict("endpoint_off", "It is switched off. Switch it on first.")
    return endpoint


def _again(rows: QuerySet[WebhookDelivery], *, now: datetime) -> int:
    return rows.update(
        state=DeliveryState.WAITING, ended_at=None, queued_at=now, next_try_at=now, tries=0, problem="", status=None
    )


def _wake(endpoint: WebhookEndpoint) -> None:
    endpoint.rests_until = None
    endpoint.save(update_fields=["rests_until"])
    serve_soon(endpoint.id)
