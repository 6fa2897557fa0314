"""An invented program is told what changes: most of it arrived, one thing is tried again, one was given up.

The address is nobody's, so what really happens in a demo is tried again as well.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.models import Location, Patient
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint

_URL = "https://hooks.cedarline.example.com/perennial"
_KINDS = ("patient.enrolled", "patient.changed", "patient.merged", "location.changed")
_DELIVERED, _MISSED = DeliveryState.DELIVERED, DeliveryState.FAILED
# Minutes ago, what, and how it went.
_STORY = (
    (60 * 24 * 6, "patient.enrolled", _DELIVERED),
    (60 * 24 * 5 + 190, "patient.changed", _DELIVERED),
    (60 * 24 * 4 + 75, "patient.changed", _MISSED),
    (60 * 24 * 3 + 20, "patient.merged", _DELIVERED),
    (60 * 24 * 2 + 310, "location.changed", _DELIVERED),
    (60 * 24 + 35, "patient.changed", _DELIVERED),
    (190, "patient.enrolled", _DELIVERED),
    (64, "patient.changed", _DELIVERED),
    (11, "patient.changed", DeliveryState.WAITING),
)


def tell_software(place: PracticeRef, *, grant_id: UUID, now: datetime) -> None:
    """In the practice that is shown, for the program that it let in."""
    # A day of a place with summer time is not always 24 hours long.
    now = now.astimezone(UTC)
    with practice_scope(place):
        added = now - timedelta(days=30)
        endpoint = add_endpoint(grant_id=grant_id, url=_URL, kinds=_KINDS, now=added).endpoint
        patients = list(Patient.objects.order_by("id").values_list("id", flat=True)[: len(_STORY)])
        location = Location.objects.order_by("id").values_list("id", flat=True)[0]
        rows = []
        for number, ((minutes, kind, state), patient) in enumerate(zip(_STORY, patients, strict=False), 1):
            record = location if kind == "location.changed" else patient
            rows.append(_delivery(endpoint, number, minutes, kind, state, now=now, record=record))
        WebhookDelivery.objects.bulk_create(rows)
        WebhookEndpoint.objects.update(last_success_at=now - timedelta(minutes=64), created_at=added, updated_at=added)


def _delivery(
    endpoint: WebhookEndpoint,
    number: int,
    minutes: int,
    kind: str,
    state: DeliveryState,
    *,
    now: datetime,
    record: UUID,
) -> WebhookDelivery:
    at = now - timedelta(minutes=minutes)
    waits, arrived = state == DeliveryState.WAITING, state == DeliveryState.DELIVERED
    ended = at + (timedelta(seconds=1) if arrived else timedelta(days=2))
    return WebhookDelivery(
        endpoint=endpoint,
        # Of events that are long forgotten.
        event_number=-number,
        kind=kind,
        record_id=record,
        happened_at=at,
        state=state,
        queued_at=at,
        tries=1 if arrived else 3 if waits else 14,
        tried_at=now - timedelta(minutes=6) if waits else ended,
        next_try_at=now + timedelta(minutes=7) if waits else at,
        status=204 if arrived else 503 if waits else 422,
        problem="" if arrived else "refused",
        took_ms=84,
        ended_at=None if waits else ended,
    )
