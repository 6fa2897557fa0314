"""Reading one customer from Stripe, whole, as it is now."""

from datetime import UTC, datetime
from typing import Any

import stripe

from billing.facts import CustomerFacts, InvoiceFact, SubscriptionFact
from billing.gateway.catalogue import PREFIX
from billing.gateway.told import told
from billing.plans import PAID, Interval

MOST_INVOICES = 60


def facts(client: stripe.StripeClient, customer: str) -> CustomerFacts:
    """Everything that we keep of one customer, as it is now. Raises Unreachable, DomainError for an unknown one."""
    with told():
        found = client.v1.customers.retrieve(customer)
        method = found.invoice_settings.default_payment_method if found.invoice_settings else None
        card = _card(client, method if isinstance(method, str) else getattr(method, "id", ""))
        taxes = client.v1.customers.tax_ids.list(customer)
        subscriptions = client.v1.subscriptions.list({"customer": customer, "status": "all", "limit": 100})
        invoices = client.v1.invoices.list({"customer": customer, "limit": MOST_INVOICES})
    return CustomerFacts(
        email=str(found.email or ""),
        card=card,
        tax_ids=tuple(_tax_id(one) for one in taxes.data),
        subscriptions=tuple(fact for one in subscriptions.data if (fact := _subscription(one)) is not None),
        invoices=tuple(_invoice(one) for one in invoices.data),
        # Stripe writes a credit below zero, and a debt above.
        credit=max(0, -int(found.balance or 0)),
    )


def _card(client: stripe.StripeClient, method: str) -> tuple[str, str, str]:
    if not method:
        return "", "", ""
    card = client.v1.payment_methods.retrieve(method).card
    return ("", "", "") if card is None else (card.brand, str(card.last4), f"{card.exp_month:02}/{card.exp_year}")


def _at(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _tax_id(one: Any) -> dict[str, str]:
    status = one.verification.status if one.verification else ""
    return {"id": str(one.id), "type": str(one.type), "value": str(one.value), "status": str(status)}


def _subscription(one: Any) -> SubscriptionFact | None:
    """None for one that is not ours: none of its prices has a key of a plan."""
    for item in one.items.data:
        prefix, _, rest = str(item.price.lookup_key or "").partition("_")
        plan, _, interval = rest.partition("_")
        if prefix == PREFIX and any(plan == paid.key for paid in PAID) and interval in set(Interval):
            return SubscriptionFact(
                stripe_id=one.id,
                item=item.id,
                status=one.status,
                plan=plan,
                interval=interval,
                quantity=int(item.quantity or 1),
                period_start=_moment(item.current_period_start),
                period_end=_moment(item.current_period_end),
                trial_end=_at(one.trial_end),
                cancel_at_period_end=bool(one.cancel_at_period_end or one.cancel_at),
                begun_at=_moment(one.created),
                ended_at=_at(one.ended_at),
            )
    return None


def _invoice(one: Any) -> InvoiceFact:
    of = one.parent.subscription_details if one.parent else None
    subscription = getattr(of, "subscription", "") or ""
    return InvoiceFact(
        stripe_id=one.id,
        subscription=subscription if isinstance(subscription, str) else subscription.id,
        number=str(one.number or ""),
        status=str(one.status),
        says=", ".join(str(line.description or "") for line in one.lines.data)[:200],
        due=int(one.amount_due),
        paid=int(one.amount_paid),
        currency=str(one.currency).upper(),
        invoiced_at=_moment(one.created),
        tries=int(one.attempt_count),
        next_try_at=_at(one.next_payment_attempt),
    )
