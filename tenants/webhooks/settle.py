"""What came of one try: delivered, to be tried again, or given up; and what that says about the address."""

import random
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.webhooks.models import DeliveryState, OffWhy, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import is_test
from tenants.webhooks.post import Answer
from tenants.webhooks.switch_off import switch_off_locked
from tenants.webhooks.waiting import next_try, rest

_CHANCE = random.SystemRandom()


def settle(endpoint_id: UUID, delivery_id: UUID, answer: Answer, *, now: datetime) -> None:
    """Write it down. A delivery that was settled meanwhile by somebody else stays as it is."""
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(id=endpoint_id).first()
        delivery = (
            WebhookDelivery.objects.select_for_update().filter(id=delivery_id, state=DeliveryState.WAITING).first()
        )
        if endpoint is None or delivery is None:
            return
        delivery.status, delivery.problem, delivery.took_ms = answer.status, _problem(answer), answer.took_ms
        if answer.is_taken:
            _taken(endpoint, delivery, now=now)
        elif is_test(delivery):
            # Whoever pressed the button wants to know now, and learns nothing from the address being left alone.
            _end(delivery, DeliveryState.FAILED, now=now)
        else:
            _failed(endpoint, delivery, answer, now=now)


def _taken(endpoint: WebhookEndpoint, delivery: WebhookDelivery, *, now: datetime) -> None:
    _end(delivery, DeliveryState.DELIVERED, now=now)
    endpoint.last_success_at, endpoint.failures, endpoint.rests_until = now, 0, None
    endpoint.save(update_fields=["last_success_at", "failures", "rests_until", "updated_at"])


def _failed(endpoint: WebhookEndpoint, delivery: WebhookDelivery, answer: Answer, *, now: datetime) -> None:
    endpoint.failures += 1
    pause = rest(failures=endpoint.failures, luck=_CHANCE.random())
    endpoint.rests_until = now + pause if pause is not None else None
    endpoint.save(update_fields=["failures", "rests_until", "updated_at"])
    again = next_try(
        tries=delivery.tries, queued_at=delivery.queued_at, now=now, luck=_CHANCE.random(), asked=answer.asked
    )
    if again is not None and not answer.is_gone:
        delivery.next_try_at = again
        delivery.save()
        return
    _end(delivery, DeliveryState.FAILED, now=now)
    if answer.is_gone:
        switch_off_locked(endpoint, OffWhy.GONE, now=now)
    elif endpoint.last_success_at is None or endpoint.last_success_at < delivery.queued_at:
        # Nothing came through in all that time. Where other things did, it is this one that is not taken.
        switch_off_locked(endpoint, OffWhy.FAILING, now=now)


def _end(delivery: WebhookDelivery, state: DeliveryState, *, now: datetime) -> None:
    delivery.state, delivery.ended_at = state, now
    delivery.save()


def _problem(answer: Answer) -> str:
    if answer.status is None:
        return answer.problem
    if answer.is_taken:
        return ""
    return "redirect" if 300 <= answer.status < 400 else "refused"
