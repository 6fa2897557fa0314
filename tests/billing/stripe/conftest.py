"""A stand-in of Stripe for each test, and Aurora's way through it."""

from uuid import uuid4

import pytest
from django.utils import timezone

from billing.actions.subscribe import subscribe
from billing.apply import apply
from billing.models import StripeEvent
from tenants.models import Practice
from tenants.principal import at_practice
from tests.fake_stripe import KEY, OLD_SECRET, SECRET, Stripe, bring


@pytest.fixture
def stripe(settings, db):
    made = Stripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = KEY, made.server.address
    settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_WEBHOOK_SECRET_PREVIOUS = SECRET, OLD_SECRET
    settings.STRIPE_WEBHOOK_PREVIOUS_UNTIL, settings.STRIPE_LIVE = None, False
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def olivia(person, aurora):
    return at_practice(person=person("Olivia"), practice=aurora)


@pytest.fixture
def checkout(stripe, aurora, olivia):
    """checkout(trial=True): the address of the page where it is paid."""

    def one(plan="practice", interval="month", trial=False, once=None):
        return subscribe(
            practice=aurora, plan=plan, interval=interval, trial=trial, done="http://aurora.example/done",
            back="http://aurora.example/back", once=once or uuid4(), by=olivia,
        )  # fmt: skip

    return one


@pytest.fixture
def told(stripe):
    """told(): bring every event that waits, in order, and apply it."""

    def all_of(events=None):
        for event in stripe.take() if events is None else events:
            assert bring(event) == 200
        settle()

    return all_of


def settle():
    for event_id in StripeEvent.objects.filter(state="waiting").order_by("received_at").values_list("id", flat=True):
        apply(event_id=event_id, now=timezone.now())


@pytest.fixture
def paid(stripe, checkout, told):
    """Aurora pays for the practice plan by the month."""
    assert stripe.press(checkout(), card="4242").status_code == 303
    told()
    return stripe


@pytest.fixture
def stands(aurora):
    """stands(): plan and standing of Aurora."""
    return lambda: tuple(Practice.objects.values_list("plan", "standing").get(id=aurora.id))
