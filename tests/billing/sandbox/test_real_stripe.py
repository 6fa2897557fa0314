"""The gateway against a real sandbox of Stripe: only with a key of one, and only when asked for by `make verify`.

STRIPE_SANDBOX_KEY=sk_test_… make verify ARGS="tests/billing/sandbox --force-enable-socket"
"""

import os
from uuid import uuid4

import pytest

from billing.gateway import Gateway
from billing.plans import PLANS, Interval, PlanKey

KEY = os.environ.get("STRIPE_SANDBOX_KEY", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not KEY.startswith(("sk_test_", "rk_test_")),
        reason="NO STRIPE SANDBOX: its tests did not run. Set STRIPE_SANDBOX_KEY to a key of a test account.",
    ),
]


@pytest.fixture(scope="module")
def sandbox():
    made = Gateway(key=KEY)
    made.set_up()
    return made


def test_what_is_sold_is_there_and_setting_up_again_makes_nothing(sandbox):
    assert sandbox.set_up() == []


def test_a_customer_is_made_once_checks_out_and_is_read_back(sandbox):
    practice = uuid4()
    asked = {"practice_id": practice, "name": "Sandbox practice", "email": "sandbox@example.com"}
    customer = sandbox.make_customer(**asked)
    assert sandbox.make_customer(**asked) == customer
    url = sandbox.checkout(
        customer=customer, practice_id=practice, plan=PLANS[PlanKey.PRACTICE], interval=Interval.MONTH, quantity=1,
        trial_days=30, done="https://example.com/done", back="https://example.com/back", once=str(uuid4()),
    )  # fmt: skip
    assert url.startswith("https://checkout.stripe.com/")
    facts = sandbox.facts(customer)
    assert (facts.email, facts.card, facts.subscriptions, facts.invoices) == (asked["email"], ("", "", ""), (), ())


def test_a_tax_number_is_added_and_removed(sandbox):
    customer = sandbox.make_customer(practice_id=uuid4(), name="Sandbox practice", email="sandbox@example.com")
    sandbox.add_tax_id(customer=customer, value="12-3456789", once=str(uuid4()))
    (number,) = sandbox.facts(customer).tax_ids
    sandbox.remove_tax_id(customer=customer, tax_id=number["id"])
    assert sandbox.facts(customer).tax_ids == ()
