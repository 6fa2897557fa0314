"""What was lost on the way is found at night, told, and healed; what cannot be asked is counted and left."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.apply import apply
from billing.errors import Unreachable
from billing.jobs import match_locations, sweep_events, tell_texts
from billing.models import BillingAccount, Reconciliation, StripeEvent, Subscription, TextUse
from billing.reconcile import reconcile
from billing.refresh import refresh
from billing.texts import note_text
from core.outbox.consumers import Happened
from core.tenancy.scope import practice_scope
from infra.fakes.stripe.subscriptions import cancel
from loyalty.locations.add_location import add_location
from tenants.models import Practice
from tests.billing.stripe.conftest import settle
from tests.fake_stripe import bring
from tests.tenants.test_entitlements import PLACE


@pytest.fixture
def lost(paid):
    """The subscription ended at Stripe, and the event of it never came."""
    with paid.state.lock:
        cancel(paid.state, paid.only("subscription"))
    paid.take()
    return paid


def test_listing_finds_it_and_changes_nothing(lost, stands):
    report = reconcile(heal=False, now=timezone.now())
    assert any("status is active here, canceled there" in line for line in report.found)
    assert (stands(), report.healed) == (("practice", "open"), False)


def test_healing_gives_the_practice_what_it_has_paid_for(lost, stands):
    report = reconcile(heal=True, now=timezone.now())
    assert any("canceled there" in line for line in report.found)
    assert (stands(), report.failed) == (("member", "open"), 0)
    assert reconcile(heal=True, now=timezone.now()).found == []
    assert Reconciliation.objects.count() == 2


def test_the_command_says_what_it_did(lost, stands):
    out = io.StringIO()
    call_command("reconcile_stripe", "--list", stdout=out)
    assert "1 accounts" in out.getvalue()
    assert "listed" in out.getvalue()
    assert stands() == ("practice", "open")
    call_command("reconcile_stripe", stdout=out)
    assert "healed" in out.getvalue()
    assert stands() == ("member", "open")


def test_without_keys_the_command_says_what_to_do(db, settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY"):
        call_command("reconcile_stripe")


def test_an_account_that_stripe_does_not_answer_for_keeps_what_it_has(paid, stands):
    paid.server.fails = 50
    report = reconcile(heal=True, now=timezone.now())
    assert (report.accounts, report.failed, stands()) == (1, 1, ("practice", "open"))


def test_a_parked_event_is_applied_once_its_customer_is_known(paid, stands):
    customer, account = paid.only("customer")["id"], BillingAccount.objects.get()
    BillingAccount.objects.filter(id=account.id).update(customer="cus_other")
    with paid.state.lock:
        paid.state.emit("customer.updated", paid.only("customer"))
    (event,) = paid.take()
    bring(event)
    settle()
    assert StripeEvent.objects.get(id=event["id"]).state == "parked"
    BillingAccount.objects.filter(id=account.id).update(customer=customer)
    report = reconcile(heal=True, now=timezone.now())
    assert f"{event['id']}: applied late" in report.found
    assert StripeEvent.objects.get(id=event["id"]).state == "applied"


def test_an_event_waits_where_stripe_does_not_answer_and_is_swept(paid, stands):
    with paid.state.lock:
        cancel(paid.state, paid.only("subscription"))
    event = paid.take()[-1]
    bring(event)
    paid.server.fails = 50
    with pytest.raises(Unreachable):
        apply(event_id=event["id"], now=timezone.now())
    assert (StripeEvent.objects.get(id=event["id"]).state, stands()) == ("waiting", ("practice", "open"))
    paid.server.fails = 0
    StripeEvent.objects.filter(id=event["id"]).update(received_at=timezone.now() - timedelta(minutes=5))
    assert sweep_events() == 1
    settle()
    assert stands() == ("member", "open")


def test_events_in_any_order_leave_the_same(paid, told, stands):
    with paid.state.lock:
        paid.state.emit("customer.subscription.updated", paid.only("subscription"))
        cancel(paid.state, paid.only("subscription"))
    told(paid.take()[::-1])
    assert stands() == ("member", "open")
    assert Subscription.objects.get().status == "canceled"


def test_whoever_left_the_network_pays_no_more(paid, aurora):
    Practice.objects.filter(id=aurora.id).update(status="left", left_on=timezone.now().date())
    report = reconcile(heal=True, now=timezone.now())
    assert any("has left" in line for line in report.found)
    assert paid.only("subscription")["status"] == "canceled"


class TestLocations:
    def test_another_location_is_paid_for_and_nothing_is_asked_twice(self, paid, aurora):
        with practice_scope(aurora):
            add_location(name="Second", **PLACE)
        for _ in range(2):
            match_locations(of=str(aurora.id))
        assert Subscription.objects.get().quantity == 2
        assert paid.only("subscription")["items"]["data"][0]["quantity"] == 2
        assert sum(one["billing_reason"] == "subscription_update" for one in paid.state.of("invoice").values()) == 1

    def test_what_was_missed_is_found_at_night(self, paid, aurora):
        with practice_scope(aurora):
            add_location(name="Second", **PLACE)
        assert any("another number" in line for line in reconcile(heal=False, now=timezone.now()).found)
        reconcile(heal=True, now=timezone.now())
        assert Subscription.objects.get().quantity == 2


class TestTexts:
    @pytest.fixture
    def sent(self, aurora):
        def texts(*numbers):
            with practice_scope(aurora):
                for number in numbers:
                    at = datetime(2026, 11, 29, 12, tzinfo=UTC)
                    note_text(Happened(number, "message.texted", "message", aurora.id, {}, at))

        return texts

    def counted(self, stripe):
        return sum(int(one["payload"]["value"]) for one in stripe.state.of("billing.meter_event").values())

    def test_each_text_is_counted_once_however_often_it_is_told(self, paid, sent):
        sent(1, 2, 3)
        sent(2, 3)
        assert tell_texts() == 3
        assert tell_texts() == 0
        assert self.counted(paid) == 3

    def test_a_lot_that_broke_on_the_way_counts_once(self, paid, sent):
        sent(1, 2)
        tell_texts()
        # As if we had died before noting that it was told.
        TextUse.objects.update(told_at=None)
        assert tell_texts() == 2
        assert self.counted(paid) == 2

    def test_where_stripe_does_not_answer_it_is_told_later(self, paid, sent):
        sent(1)
        paid.server.fails = 50
        assert tell_texts() == 0
        paid.server.fails = 0
        assert (tell_texts(), self.counted(paid)) == (1, 1)

    def test_a_free_practice_counts_nothing(self, stripe, sent):
        sent(1)
        assert not TextUse.objects.exists()

    def test_what_is_beyond_the_included_costs_two_cents(self, paid, sent, aurora):
        rows = [TextUse(practice_id=aurora.id, number=n, sent_at=timezone.now()) for n in range(1_010)]
        TextUse.objects.bulk_create(rows)
        tell_texts()
        paid.forward(days=31)
        last = max(paid.state.of("invoice").values(), key=lambda one: one["created"])
        assert last["amount_due"] == 14_900 + 10 * 2


def test_a_practice_notes_texts_of_its_own_and_reads_no_account(paid, aurora, borealis):
    with practice_scope(aurora), pytest.raises(Exception, match="permission denied"):
        BillingAccount.objects.count()


def test_refreshing_what_is_known_finds_nothing(paid):
    assert refresh(account_id=BillingAccount.objects.get().id, now=timezone.now()) == []
