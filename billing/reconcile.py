"""Comparing everything that is kept with what Stripe says, and healing it: what was lost on the way is found here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.apply import apply
from billing.errors import Unreachable
from billing.gateway import gateway
from billing.locations import match_quantity, wanted_quantity
from billing.models import BillingAccount, Reconciliation, StripeEvent
from billing.refresh import differences, locked, refresh
from billing.standing import account_of, current, owed_since
from core.errors import DomainError
from tenants.models import Practice


def reconcile(*, heal: bool, now: datetime) -> Reconciliation:
    """One report, kept. heal: False only lists. An account that Stripe does not answer for is counted, and left."""
    found: list[str] = []
    failed = 0
    accounts = list(BillingAccount.objects.order_by("created_at").values_list("id", flat=True))
    for account_id in accounts:
        try:
            found += _one(account_id, heal=heal, now=now)
        except (Unreachable, DomainError) as error:
            failed += 1
            found.append(f"account {account_id}: {error.code}")
    if heal:
        for event_id in StripeEvent.objects.filter(state__in=["waiting", "parked"]).values_list("id", flat=True):
            try:
                if apply(event_id=event_id, now=now) == StripeEvent.State.APPLIED:
                    found.append(f"{event_id}: applied late")
            except DomainError as error:
                found.append(f"{event_id}: {error.code}")
    return Reconciliation.objects.create(began_at=now, accounts=len(accounts), found=found, failed=failed, healed=heal)


def _one(account_id: UUID, *, heal: bool, now: datetime) -> list[str]:
    if heal:
        found = refresh(account_id=account_id, now=now)
        return found + (_left(account_id, now=now) or match_quantity(account_id=account_id, now=now))
    with transaction.atomic():
        account = locked(account_id)
        found = differences(account, gateway().facts(account.customer))
        practice = account.practice
        stands = account_of(account.subscriptions.all(), owed=owed_since(account.invoices.all()), now=now)
        if (practice.plan, practice.standing) != (stands.plan.key, stands.standing):
            found.append(f"{account.customer}: the practice has {practice.plan}, {practice.standing}")
        subscription = current(account.subscriptions.all())
        if subscription is not None and subscription.quantity != wanted_quantity(account, subscription.plan):
            found.append(f"{subscription.stripe_id}: another number of locations is paid for")
        return found


def _left(account_id: UUID, *, now: datetime) -> list[str]:
    """Whoever left the network pays no more: their subscription ends."""
    account = BillingAccount.objects.select_related("practice").get(id=account_id)
    subscription = current(account.subscriptions.all())
    if subscription is None or account.practice.status != Practice.Status.LEFT:
        return []
    gateway().end_now(subscription=subscription.stripe_id)
    refresh(account_id=account_id, now=now)
    return [f"{subscription.stripe_id}: the practice has left, so it was ended"]
