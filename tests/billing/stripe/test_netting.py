"""A subscription is paid from rebates that vendors paid: credited once at Stripe, used up before the card is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from billing.crediting import credit_due, quarter_of_subscriptions
from billing.models import Invoice, NettedCredit, Subscription
from billing.plans import PLANS, Interval, PlanKey
from billing.purchasing.models import Statement

PRICE = PLANS[PlanKey.PRACTICE].prices[Interval.MONTH].minor


@pytest.fixture
def took(paid, aurora):
    """took(500): a statement that took so much for Aurora's subscription."""

    def made(minor, *, first=date(2026, 7, 1), practice=aurora):
        return Statement.objects.create(
            practice_id=practice.id,
            first=first,
            last=first + timedelta(days=91),
            currency="USD",
            paid_minor=minor,
            netted_minor=minor,
            payout_minor=0,
            content={"paid": [], "earned": [], "waiting": []},
            approved_at=datetime(2026, 10, 5, tzinfo=UTC),
            approved_by="Nora Network",
        )

    return made


def test_what_is_due_is_three_months_of_each_plan(paid, aurora, borealis):
    assert quarter_of_subscriptions([aurora.id, borealis.id], "USD") == {aurora.id: 3 * PRICE}
    assert quarter_of_subscriptions([borealis.id], "USD") == {}
    assert quarter_of_subscriptions([aurora.id], "CAD") == {}
    Subscription.objects.update(interval="year")
    yearly = PLANS[PlanKey.PRACTICE].prices[Interval.YEAR].minor
    assert quarter_of_subscriptions([aurora.id], "USD") == {aurora.id: yearly // 4}


def test_nothing_is_due_of_a_plan_that_ends(paid, aurora):
    Subscription.objects.update(cancel_at_period_end=True)
    assert quarter_of_subscriptions([aurora.id], "USD") == {}


def test_it_is_credited_once_however_often_it_is_asked(paid, took):
    statement = took(500)
    assert credit_due(now=timezone.now()) == 1
    assert credit_due(now=timezone.now()) == 0
    assert paid.only("customer")["balance"] == -500
    assert NettedCredit.objects.get().statement == statement


def test_a_credit_that_stripe_took_and_we_forgot_is_not_given_again(paid, took):
    took(500)
    with transaction.atomic():
        credit_due(now=timezone.now())
        transaction.set_rollback(True)
    assert not NettedCredit.objects.exists()
    assert credit_due(now=timezone.now()) == 1
    assert paid.only("customer")["balance"] == -500
    assert paid.only("customer_balance_transaction")["amount"] == -500


def test_the_next_invoice_is_paid_from_it_before_the_card(paid, took, told):
    took(PRICE + 100)
    credit_due(now=timezone.now())
    paid.forward(days=32)
    told()
    newest = Invoice.objects.order_by("-invoiced_at").first()
    assert (newest.status, newest.due, newest.paid) == ("paid", 0, 0)
    assert paid.only("customer")["balance"] == -100


def test_while_stripe_does_not_answer_it_waits(paid, took, monkeypatch):
    took(500)
    paid.server.fails = 99
    assert credit_due(now=timezone.now()) == 0
    paid.server.fails = 0
    assert credit_due(now=timezone.now()) == 1


def test_a_practice_that_stripe_does_not_know_is_passed_by(paid, took, borealis):
    took(500, practice=borealis)
    took(700)
    assert credit_due(now=timezone.now()) == 1
    assert paid.only("customer")["balance"] == -700


def test_without_a_key_nothing_is_asked(took, settings):
    took(500)
    settings.STRIPE_SECRET_KEY = ""
    assert credit_due(now=timezone.now()) == 0


def test_nobody_changes_what_was_credited(paid, took):
    took(500)
    credit_due(now=timezone.now())
    with pytest.raises(ProgrammingError), transaction.atomic():
        NettedCredit.objects.update(stripe_id="cbtxn_other")
