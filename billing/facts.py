"""What Stripe says of one customer, in our own words: plain values, read through billing.gateway alone."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubscriptionFact:
    """quantity: of locations. item: the line of the plan, whose price says plan and interval."""

    stripe_id: str
    item: str
    status: str
    plan: str
    interval: str
    quantity: int
    period_start: datetime
    period_end: datetime
    trial_end: datetime | None
    cancel_at_period_end: bool
    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """due, paid: minor units of `currency`."""

    stripe_id: str
    subscription: str
    number: str
    status: str
    says: str
    due: int
    paid: int
    currency: str
    invoiced_at: datetime
    tries: int
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """card: brand, last four digits, and month and year of its end; three times "" for none. credit: what the next
    invoices use up first, in minor units.
    """

    email: str
    card: tuple[str, str, str]
    tax_ids: tuple[dict[str, str], ...]
    subscriptions: tuple[SubscriptionFact, ...]
    invoices: tuple[InvoiceFact, ...]
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would cost. due: now, minor units; negative for a credit on what comes. lines: words and cents."""

    due: int
    currency: str
    lines: tuple[tuple[str, int], ...]
    at: int
