"""A practice moves to another plan or interval: first shown what it costs now, then done as shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.actions.account import existing, once_of, subscribed
from billing.facts import Preview
from billing.gateway import gateway
from billing.locations import wanted_quantity
from billing.models import BillingAccount, Subscription
from billing.plans import PAID, Interval
from billing.refresh import try_refresh
from core import audit
from core.errors import Conflict, DomainError
from core.tenancy.scope import PracticeRef, control_plane
from tenants.principal import Principal


def preview_change(*, practice: PracticeRef, plan: str, interval: str, by: Principal, now: datetime) -> Preview:
    """Nothing is changed. Raises NotFound, NotOn, Unreachable, Conflict; DomainError for a plan that is none."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        subscription = _changeable(account, plan, interval)
        return gateway().preview(
            customer=account.customer,
            subscription=subscription.stripe_id,
            item=subscription.item,
            plan=plan,
            interval=interval,
            quantity=wanted_quantity(account, plan),
            at=int(now.timestamp()),
        )


def change_plan(
    *, practice: PracticeRef, plan: str, interval: str, at: int, once: UUID, by: Principal, now: datetime
) -> None:
    """at: when it was shown, as Preview.at. Raises as preview_change, and Conflict for what was shown long ago."""
    if not 0 <= now.timestamp() - at <= 3600:
        raise Conflict("preview_old", "The amount was shown a while ago. Look at it once more, then change.")
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        subscription = _changeable(account, plan, interval)
        gateway().change(
            subscription=subscription.stripe_id,
            item=subscription.item,
            plan=plan,
            interval=interval,
            quantity=wanted_quantity(account, plan),
            at=at,
            once=once_of("change", once),
        )
        audit.record(
            "billing.plan_changed",
            subject=account,
            practice_id=practice.id,
            detail={"plan": plan, "interval": interval},
        )
        try_refresh(account_id=account.id, now=now)


def _changeable(account: BillingAccount, plan: str, interval: str) -> Subscription:
    if plan not in {one.key for one in PAID} or interval not in set(Interval):
        raise DomainError("plan_unknown", "Choose a plan, and whether to pay monthly or yearly.", field="plan")
    subscription = subscribed(account)
    if (subscription.plan, subscription.interval) == (plan, interval):
        raise Conflict("plan_same", "That is the plan that you have.")
    if subscription.status in ("past_due", "unpaid"):
        raise Conflict("plan_owed", "Pay the open invoice first, then change the plan.")
    return subscription
