"""Addresses and deliveries as a program reads them."""

from typing import Any

from tenants.webhooks.listed import Delivery, Endpoint


def endpoint_row(one: Endpoint) -> dict[str, Any]:
    return {
        "id": one.endpoint_id,
        "url": one.url,
        "event_types": one.kinds,
        "is_on": one.off_at is None,
        "switched_off": None if one.off_why is None else one.off_why.value,
        "health": one.health.value,
        "waiting": one.waiting,
        "missed": one.missed,
        "last_arrived_at": one.last_success_at,
    }


def delivery_row(one: Delivery) -> dict[str, Any]:
    """webhook_id: as the receiver got it. problem: a code, "" where nothing is wrong."""
    return {
        "id": one.delivery_id,
        "webhook_id": one.message_id,
        "type": one.kind,
        "happened_at": one.happened_at,
        "state": one.state.value,
        "tries": one.tries,
        "tried_at": one.tried_at,
        "next_try_at": one.next_try_at,
        "ended_at": one.ended_at,
        "status": one.status,
        "problem": one.problem,
    }
