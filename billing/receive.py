"""An event of Stripe's comes in: stored once, and handed to the job that applies it."""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from billing.apply import apply_event
from billing.models import StripeEvent
from core.jobs import enqueue


class NotAnEvent(Exception):
    """The words say what is wrong with it, for the log."""


def receive(raw: bytes, *, live: bool, now: datetime) -> bool:
    """Whether it is a new one. The bytes were verified. Raises NotAnEvent, also for one of the other mode."""
    event = _read(raw)
    if event.get("livemode") is not live:
        raise NotAnEvent("livemode")
    thing = (event.get("data") or {}).get("object") or {}
    with transaction.atomic():
        made = StripeEvent.objects.bulk_create(
            [
                StripeEvent(
                    id=event["id"],
                    type=str(event["type"])[:100],
                    customer=_customer(thing),
                    raw=raw,
                    created_at=datetime.fromtimestamp(event["created"], UTC),
                    received_at=now,
                )
            ],
            ignore_conflicts=True,
        )
        is_new = StripeEvent.objects.filter(id=made[0].id, received_at=now, raw=raw).exists()
        if is_new:
            enqueue(apply_event, event_id=event["id"], swept=True)
    return is_new


def _read(raw: bytes) -> dict[str, Any]:
    try:
        event = json.loads(raw)
    except ValueError:
        raise NotAnEvent("not_json") from None
    if not isinstance(event, dict) or event.get("object") != "event":
        raise NotAnEvent("no_event")
    id, created = event.get("id"), event.get("created")
    if not isinstance(id, str) or not id.startswith("evt_") or len(id) > 80 or not isinstance(created, int):
        raise NotAnEvent("no_event")
    if not isinstance(event.get("data"), dict) or not isinstance(event.get("type"), str):
        raise NotAnEvent("no_event")
    return event


def _customer(thing: Any) -> str:
    """Whom it names. A customer's own event names itself."""
    if not isinstance(thing, dict):
        return ""
    named = thing.get("id") if thing.get("object") == "customer" else thing.get("customer")
    if isinstance(named, dict):
        named = named.get("id")
    return named[:60] if isinstance(named, str) else ""
