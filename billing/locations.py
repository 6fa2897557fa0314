"""Paid plans are paid for each location: the number at Stripe follows that in the practice."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from billing.gateway import gateway
from billing.models import BillingAccount
from billing.plans import plan_of
from billing.refresh import refresh
from billing.standing import current
from core.tenancy.scope import PracticeRef

# How many open locations a practice has; the domain that keeps them says so (infra wires it).
Counter = Callable[[PracticeRef], int]
_counter: list[Counter] = []


def count_locations_with(counter: Counter) -> None:
    _counter[:] = [counter]


def locations_of(practice: PracticeRef) -> int:
    """At least one: a practice is somewhere. Raises IndexError where nobody counts."""
    return max(1, _counter[0](practice))


def wanted_quantity(account: BillingAccount, plan: str) -> int:
    return max(plan_of(plan).least_locations, locations_of(account.practice.ref))


def match_quantity(*, account_id: UUID, now: datetime) -> list[str]:
    """Say what was changed. The difference is charged or credited at once, by the day. Raises Unreachable."""
    account = BillingAccount.objects.select_related("practice").get(id=account_id)
    subscription = current(account.subscriptions.all())
    if subscription is None:
        return []
    wanted, before = wanted_quantity(account, subscription.plan), subscription.quantity
    if wanted == before:
        return []
    gateway().change(
        subscription=subscription.stripe_id,
        item=subscription.item,
        plan=subscription.plan,
        interval=subscription.interval,
        quantity=wanted,
        at=None,
        # The same until it was applied, another one for the next change.
        once=f"perennial-quantity-{subscription.stripe_id}-{wanted}-{subscription.updated_at.timestamp()}",
    )
    refresh(account_id=account.id, now=now)
    return [f"{subscription.stripe_id}: {before} locations were paid for, and there are {wanted}"]
