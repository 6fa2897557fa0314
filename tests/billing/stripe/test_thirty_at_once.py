"""Thirty copies of one event at one moment: stored once, applied once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from billing.apply import apply
from billing.models import BillingAccount, Invoice, Notice, StripeEvent, Subscription
from core import audit
from core.models import NetworkEntry
from infra.fakes.stripe import customers, subscriptions
from tenants.models import Practice
from tests.fake_stripe import KEY, SECRET, Stripe, bring

COPIES = 30


@pytest.fixture
def stripe(settings, committed):
    made = Stripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = KEY, made.server.address
    settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_LIVE = SECRET, False
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def account(stripe, open_place):
    place = open_place()
    customer = customers.make(stripe.state, {"email": "wanda@example.com", "name": "One"})
    customers.put_card(stripe.state, customer["id"], customers.PAYS)
    price = next(one for one in stripe.state.of("price").values() if one["lookup_key"] == "perennial_practice_month")
    subscriptions.start(stripe.state, customer["id"], [{"price": price["id"]}], trial_days=0, settings={})
    made = BillingAccount.objects.create(practice_id=place.id, customer=customer["id"])
    yield made
    connections["default"].set_schema_to_public()
    for model in (Subscription, Invoice, Notice):
        model.objects.filter(account=made).delete()
    StripeEvent.objects.all().delete()
    made.delete()


def at_once(work):
    start = Barrier(COPIES)

    def one(_number):
        start.wait()
        try:
            with audit.asking(audit.Asker.job("test")):
                return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(COPIES) as pool:
        return list(pool.map(one, range(COPIES)))


def test_thirty_copies_of_one_event_are_applied_once(stripe, account):
    event = next(one for one in stripe.take() if one["type"] == "customer.subscription.created")
    assert at_once(lambda: bring(event)) == [200] * COPIES
    assert StripeEvent.objects.count() == 1
    stripe.state.asked.clear()
    assert at_once(lambda: apply(event_id=event["id"], now=timezone.now())) == ["applied"] * COPIES
    assert NetworkEntry.objects.filter(verb="billing.event_applied", detail__event=event["id"]).count() == 1
    assert stripe.state.asked["GET /v1/subscriptions"] == 1
    assert Subscription.objects.filter(account=account).count() == 1
    assert Practice.objects.get(id=account.practice_id).plan == "practice"
