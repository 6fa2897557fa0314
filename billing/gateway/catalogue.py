"""What is sold at Stripe: a price for each plan and interval, and for texts by each, found by their lookup keys."""

import stripe

from billing.gateway.told import told
from billing.plans import PAID, TEXT_PRICE, TEXTS_INCLUDED, Interval
from core.errors import Conflict

PREFIX, METER = "perennial", "perennial_texts"
# Whatever is in one subscription is charged in one rhythm, so texts have a price by the month and one by the year.
TEXTS = {
    Interval.MONTH: (f"{PREFIX}_texts", TEXTS_INCLUDED),
    Interval.YEAR: (f"{PREFIX}_texts_year", 12 * TEXTS_INCLUDED),
}


def texts_key(interval: Interval) -> str:
    return TEXTS[interval][0]


def lookup_key(plan: str, interval: str) -> str:
    return f"{PREFIX}_{plan}_{interval}"


def set_up(client: stripe.StripeClient) -> list[str]:
    """Make the prices of billing.plans and the meter of texts, where they are missing; returns what was made."""
    made: list[str] = []
    with told():
        there = prices(client)
        meters = {one.event_name: one.id for one in client.v1.billing.meters.list().auto_paging_iter()}
        for plan in PAID:
            missing = [one for one in Interval if lookup_key(plan.key, one) not in there]
            if not missing:
                continue
            product = client.v1.products.create(
                {"name": f"Perennial {plan.name}"}, {"idempotency_key": f"{PREFIX}-product-{plan.key}"}
            )
            for interval in missing:
                amount = plan.prices[interval]
                key = lookup_key(plan.key, interval)
                client.v1.prices.create(
                    {
                        "product": product.id,
                        "currency": amount.currency.lower(),
                        "unit_amount": amount.minor,
                        "recurring": {"interval": interval.value},
                        "lookup_key": key,
                        "nickname": f"Perennial {plan.name}",
                    },
                    {"idempotency_key": f"{PREFIX}-price-{key}-{amount.minor}"},
                )
                made.append(key)
        if METER not in meters:
            meter = client.v1.billing.meters.create(
                {"display_name": "Texts", "event_name": METER, "default_aggregation": {"formula": "sum"}},
                {"idempotency_key": f"{PREFIX}-meter"},
            )
            meters[METER] = meter.id
            made.append(METER)
        for interval, (key, included) in TEXTS.items():
            if key in there:
                continue
            product = client.v1.products.create({"name": "Texts"}, {"idempotency_key": f"{PREFIX}-product-texts"})
            client.v1.prices.create(
                {
                    "product": product.id,
                    "currency": TEXT_PRICE.currency.lower(),
                    "recurring": {"interval": interval.value, "usage_type": "metered", "meter": meters[METER]},
                    "billing_scheme": "tiered",
                    "tiers_mode": "graduated",
                    "tiers": [
                        {"up_to": included, "unit_amount": 0},
                        {"up_to": "inf", "unit_amount": TEXT_PRICE.minor},
                    ],
                    "lookup_key": key,
                    "nickname": "Texts",
                },
                {"idempotency_key": f"{PREFIX}-price-{key}-{TEXT_PRICE.minor}-{included}"},
            )
            made.append(key)
    return made


def prices(client: stripe.StripeClient) -> dict[str, str]:
    """Ids of what is on sale, by lookup key."""
    keys = [*(lookup_key(plan.key, one) for plan in PAID for one in plan.prices), *map(texts_key, TEXTS)]
    found = client.v1.prices.list({"lookup_keys": keys, "limit": 100})
    return {str(one.lookup_key): one.id for one in found.data}


def id_of(there: dict[str, str], key: str) -> str:
    """Raises Conflict for what is not on sale."""
    if key not in there:
        raise Conflict("price_missing", "This plan is not on sale yet: the network must run manage.py set_up_stripe.")
    return there[key]
