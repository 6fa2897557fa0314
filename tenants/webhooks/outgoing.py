"""What an address is told next, and whether it still may be: asked in the transaction that takes it up."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core import crypto
from core.outbox.first import first_of_each
from core.tenancy.scope import current_practice
from tenants.webhooks.event_types import TEST, may_be_told
from tenants.webhooks.granted import granted
from tenants.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.secrets import signature

# Longer than any one request may take: after it, whoever served an address is dead, and another one goes on.
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Outgoing:
    delivery_id: UUID
    url: str
    headers: dict[str, str]
    body: bytes


def take_up(endpoint_id: UUID, *, by: UUID, now: datetime) -> Outgoing | None:
    """The next that is due, counted as tried; None where nothing is, or where `by` does not serve the address any more.

    What the program may not be told any more is held back for good; that includes everything once its grant ended.
    """
    with transaction.atomic():
        endpoint = (
            WebhookEndpoint.objects.select_for_update(no_key=True)
            .filter(id=endpoint_id, served_by=by, off_at__isnull=True)
            .first()
        )
        if endpoint is None or (endpoint.rests_until is not None and now < endpoint.rests_until):
            return None
        of = granted(endpoint.grant_id)
        _hold_back(endpoint, of.scopes if of is not None and not of.suspended else None, now=now)
        number = due(endpoint_id, now=now).values_list("number", flat=True).first()
        if number is None:
            return None
        delivery = _waiting(endpoint_id).filter(number=number).select_for_update().first()
        if delivery is None:
            return None
        delivery.tries, delivery.tried_at = delivery.tries + 1, now
        delivery.save(update_fields=["tries", "tried_at"])
        endpoint.served_until = now + LEASE
        endpoint.save(update_fields=["served_until"])
        return _signed(endpoint, delivery, now=now)


def due(endpoint_id: UUID, *, now: datetime) -> QuerySet[WebhookDelivery]:
    """What can be told to an address now, the oldest first: of each record only the first that waits."""
    return first_of_each(_waiting(endpoint_id), now=now)


def _waiting(endpoint_id: UUID) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint_id=endpoint_id, state=DeliveryState.WAITING)


def _hold_back(endpoint: WebhookEndpoint, scopes: Iterable[str] | None, *, now: datetime) -> None:
    """scopes: what may be told; None: nothing, not even a test."""
    waiting = _waiting(endpoint.id)
    kinds = waiting.order_by().values_list("kind", flat=True).distinct()
    refused = [one for one in kinds if scopes is None or not may_be_told(one, scopes)]
    if refused:
        waiting.filter(kind__in=refused).update(state=DeliveryState.WITHHELD, problem="not_granted", ended_at=now)


def _signed(endpoint: WebhookEndpoint, delivery: WebhookDelivery, *, now: datetime) -> Outgoing:
    message_id, timestamp, body = message_id_of(delivery.id), int(now.timestamp()), body_of(delivery)
    secrets = [endpoint.secret]
    if endpoint.old_secret_until is not None and now < endpoint.old_secret_until:
        secrets.append(endpoint.old_secret)
    signatures = [
        signature(crypto.decrypt(one), message_id=message_id, timestamp=timestamp, body=body) for one in secrets
    ]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Perennial-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
    return Outgoing(delivery.id, endpoint.url, headers, body)


def message_id_of(delivery_id: UUID) -> str:
    """The same at each try and each replay, so that a receiver can tell a repetition."""
    return f"msg_{delivery_id.hex}"


def body_of(delivery: WebhookDelivery) -> bytes:
    """Ids and times only: whoever may read the record reads it from us."""
    told = {
        "type": delivery.kind,
        "timestamp": delivery.happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {"id": str(delivery.record_id), "practice": current_practice().slug},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def is_test(delivery: WebhookDelivery) -> bool:
    return delivery.kind == TEST
