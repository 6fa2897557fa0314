"""Jobs of billing: all of the network, none inside a practice."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing import notices, texts
from billing.apply import apply_event
from billing.errors import Unreachable
from billing.locations import match_quantity
from billing.models import BillingAccount, StripeEvent
from billing.reconcile import reconcile
from billing.refresh import locked, settle
from core.jobs import enqueue, network_job

# Named here, so that a worker that imports this module knows them.
tell_all = notices.tell_all
log = structlog.get_logger(__name__)
# What waits for longer than this was forgotten by the queue.
_FORGOTTEN = timedelta(minutes=2)


@network_job("billing.sweep_events")
def sweep_events() -> int:
    """Events that nobody applied; returns how many."""
    waiting = StripeEvent.objects.filter(state="waiting", received_at__lt=timezone.now() - _FORGOTTEN)
    found = list(waiting.order_by("received_at").values_list("id", flat=True)[:500])
    for event_id in found:
        enqueue(apply_event, event_id=event_id, swept=True)
    return len(found)


@network_job("billing.settle_all")
def settle_all() -> int:
    """Grace ends and trials come close without an event; returns how many accounts there are."""
    now = timezone.now()
    accounts = list(BillingAccount.objects.values_list("id", flat=True))
    for account_id in accounts:
        with transaction.atomic():
            settle(locked(account_id), now=now)
    return len(accounts)


@network_job("billing.tell_texts")
def tell_texts() -> int:
    """Texts of paid plans, to Stripe; returns how many. What it did not take is told the next time."""
    if not settings.STRIPE_SECRET_KEY:
        return 0
    try:
        return texts.tell_texts(now=timezone.now())
    except Unreachable:
        return 0


@network_job("billing.match_locations")
def match_locations(of: str) -> None:
    """The practice `of` opened or closed a location. Where Stripe does not answer, the night finds it."""
    account = BillingAccount.objects.filter(practice_id=UUID(of)).first()
    if account is None or not settings.STRIPE_SECRET_KEY:
        return
    try:
        match_quantity(account_id=account.id, now=timezone.now())
    except Unreachable:
        log.warning("billing.unreachable", practice_id=of)


@network_job("billing.reconcile")
def reconcile_nightly() -> int:
    """The report of the night; returns how many differences were found."""
    if not settings.STRIPE_SECRET_KEY:
        return 0
    return len(reconcile(heal=True, now=timezone.now()).found)
