"""How a practice's account stands, by what Stripe says: pure, so that the order of events cannot matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from billing.models import Invoice, Subscription, SubscriptionStatus
from billing.plans import MEMBER, Plan, plan_of
from tenants.models import Standing

# From the first payment that failed: until then everything goes on.
GRACE = timedelta(days=14)
_BEST = (
    SubscriptionStatus.ACTIVE,
    SubscriptionStatus.TRIALING,
    SubscriptionStatus.PAST_DUE,
    SubscriptionStatus.UNPAID,
)


@dataclass(frozen=True, slots=True)
class Account:
    """plan: what it has now. until: the end of the trial, or of the grace. subscription: that it has it by, if any."""

    plan: Plan
    standing: Standing
    until: datetime | None
    subscription: Subscription | None


def current(subscriptions: Iterable[Subscription]) -> Subscription | None:
    """The one that counts: of several open ones the best, then the newest."""
    known = sorted((one for one in subscriptions if one.is_open), key=lambda one: one.begun_at, reverse=True)
    return min(known, key=lambda one: _BEST.index(SubscriptionStatus(one.status)), default=None)


def owed_since(invoices: Iterable[Invoice]) -> datetime | None:
    """The day of the oldest invoice whose payment was tried and failed; None where nothing is owed so."""
    return min((one.invoiced_at for one in invoices if one.failed), default=None)


def account_of(subscriptions: Iterable[Subscription], *, owed: datetime | None, now: datetime) -> Account:
    """Without an open subscription a practice has what is free, and nothing is ever taken from that."""
    found = current(subscriptions)
    if found is None:
        return Account(MEMBER, Standing.OPEN, None, None)
    plan = plan_of(found.plan)
    if found.status == SubscriptionStatus.TRIALING:
        return Account(plan, Standing.TRIAL, found.trial_end or found.period_end, found)
    if found.status in (SubscriptionStatus.PAST_DUE, SubscriptionStatus.UNPAID):
        ends = (owed or found.period_start) + GRACE
        return Account(plan, Standing.PAST_DUE if now < ends else Standing.READ_ONLY, ends, found)
    return Account(plan, Standing.OPEN, None, found)
