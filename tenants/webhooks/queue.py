"""An event of the outbox becomes a delivery for each address that asked to be told of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.outbox.consumers import Happened
from tenants.webhooks.event_types import EventType, Of, may_be_told, type_of
from tenants.webhooks.granted import granted
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.serve import serve_soon

_MOST_OF_ONE_EVENT = 500


def queue(happened: Happened, *, now: datetime) -> int:
    """Write the deliveries of one event, in the transaction of its own delivery; returns how many. Safe to do twice."""
    kind = type_of(happened.kind)
    if kind is None:
        return 0
    made = 0
    for endpoint in WebhookEndpoint.objects.filter(off_at__isnull=True, kinds__contains=[kind.name]):
        of = granted(endpoint.grant_id)
        if of is None or not may_be_told(kind.name, of.scopes):
            continue
        rows = [_delivery(endpoint, kind, happened, record_id, now) for record_id in _told_of(kind, happened)]
        WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
        serve_soon(endpoint.id)
    return made


def _told_of(kind: EventType, happened: Happened) -> Iterable[UUID]:
    if kind.of is Of.RECORD:
        return [happened.record_id]
    return [UUID(str(one)) for one in happened.ids.get("patients", [])][:_MOST_OF_ONE_EVENT]


def _delivery(
    endpoint: WebhookEndpoint, kind: EventType, happened: Happened, record_id: UUID, now: datetime
) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint=endpoint,
        event_number=happened.number,
        kind=kind.name,
        record_id=record_id,
        happened_at=happened.happened_at,
        queued_at=now,
        next_try_at=now,
    )
