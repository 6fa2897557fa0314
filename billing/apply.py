"""Applying a stored event: whom it is about is looked up in our own table, and everything else is read from Stripe."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from billing.errors import Unreachable
from billing.models import BillingAccount, StripeEvent
from billing.refresh import refresh
from core import audit
from core.jobs import network_job

log = structlog.get_logger(__name__)
State = StripeEvent.State


def apply(*, event_id: str, now: datetime) -> str:
    """What became of it. Of many at once one applies it; the others find that it was. Raises Unreachable."""
    with transaction.atomic():
        event = StripeEvent.objects.select_for_update().filter(id=event_id).first()
        if event is None or event.state not in (State.WAITING, State.PARKED):
            return event.state if event else ""
        account = BillingAccount.objects.filter(customer=event.customer).first() if event.customer else None
        was = event.state
        if not event.customer:
            event.state = State.NOTHING
        elif account is None:
            event.state = State.PARKED
        else:
            refresh(account_id=account.id, now=now)
            event.state = State.APPLIED
        event.settled_at = now
        event.save(update_fields=["state", "settled_at"])
        if event.state != was:
            _write(event, account)
    return event.state


def _write(event: StripeEvent, account: BillingAccount | None) -> None:
    detail = {"event": event.id, "type": event.type}
    if event.state == State.PARKED:
        log.warning("billing.event_parked", event_id=event.id, type=event.type)
        audit.record("billing.event_parked", detail=detail)
    elif account is not None:
        audit.record("billing.event_applied", subject=account, practice_id=account.practice_id, detail=detail)


@network_job("billing.apply_event")
def apply_event(event_id: str) -> None:
    """Apply one event that was stored. Where Stripe does not answer, the sweep tries again."""
    try:
        apply(event_id=event_id, now=timezone.now())
    except Unreachable:
        log.warning("billing.unreachable", event_id=event_id)
