"""What a practice's rebates pay of its subscription: how much that is, and giving it as a credit at Stripe.

A credit is used up by the next invoices, before the card is asked.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings

from billing.errors import Unreachable
from billing.gateway import gateway
from billing.gateway.catalogue import PREFIX
from billing.models import BillingAccount, NettedCredit
from billing.plans import Interval, plan_of
from billing.purchasing.models import Statement
from billing.refresh import try_refresh
from billing.standing import current
from core import audit
from core.money import Money

log = structlog.get_logger(__name__)
_MONTHS, _QUARTERS = 3, 4


def quarter_of_subscriptions(members: Iterable[UUID], currency: str) -> dict[UUID, int]:
    """What three months of each practice's plan come to, in minor units: of a yearly one a quarter, rounded down.

    Without those that have no paid plan, or one that ends: what nobody will be billed is not taken.
    """
    found: dict[UUID, int] = {}
    for account in BillingAccount.objects.filter(practice__in=list(members)).prefetch_related("subscriptions"):
        subscription = current(account.subscriptions.all())
        if subscription is None or subscription.cancel_at_period_end:
            continue
        price = plan_of(subscription.plan).prices[Interval(subscription.interval)]
        if price.currency == currency:
            whole = price.minor * subscription.quantity
            monthly = subscription.interval == Interval.MONTH
            found[account.practice_id] = whole * _MONTHS if monthly else whole // _QUARTERS
    return found


def credit_due(*, now: datetime) -> int:
    """Give every credit that a statement took and Stripe has not; returns how many. Safe to run twice and at once."""
    if not settings.STRIPE_SECRET_KEY:
        return 0
    given = 0
    waiting = Statement.objects.filter(netted_minor__gt=0, credit__isnull=True).order_by("approved_at", "pk")
    accounts = {one.practice_id: one for one in BillingAccount.objects.only("id", "practice_id", "customer")}
    for statement in waiting:
        account = accounts.get(statement.practice_id)
        if account is None:
            log.error("a statement took a subscription of nobody", statement=str(statement.pk))
            continue
        try:
            stripe_id = gateway().credit(
                customer=account.customer,
                minor=statement.netted_minor,
                currency=statement.currency,
                says=f"Rebates, statement of {statement.first:%Y-%m}: {_said(statement)}",
                once=f"{PREFIX}-netted-{statement.pk}",
            )
        except Unreachable:
            break
        credit, made = NettedCredit.objects.get_or_create(
            statement=statement, defaults={"stripe_id": stripe_id, "given_at": now}
        )
        if made:
            audit.record("netting.credited", subject=credit, practice_id=statement.practice_id)
            given += 1
        try_refresh(account_id=account.pk, now=now)
    return given


def _said(statement: Statement) -> str:
    return str(Money(statement.netted_minor, statement.currency))
