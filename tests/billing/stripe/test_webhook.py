"""What comes to the network's host in Stripe's name: believed when it is signed now and in our mode, stored once."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import BillingAccount, Notice, StripeEvent, Subscription
from core.models import NetworkEntry
from infra.fakes.stripe import events
from tests.billing.stripe.conftest import settle
from tests.fake_stripe import OLD_SECRET, SECRET, bring


@pytest.fixture
def event(paid, stripe):
    """An event about Aurora's subscription that we were not told of."""
    with stripe.state.lock:
        stripe.state.emit("customer.subscription.updated", stripe.only("subscription"))
    (one,) = stripe.take()
    StripeEvent.objects.all().delete()
    return one


def nothing_stored():
    return not StripeEvent.objects.exists()


def test_it_is_stored_as_it_was_sent_and_applied(event):
    assert bring(event) == 200
    kept = StripeEvent.objects.get(id=event["id"])
    assert (bytes(kept.raw), kept.state) == (events.body_of(event), "waiting")
    settle()
    kept.refresh_from_db()
    assert kept.state == "applied"
    assert kept.settled_at is not None


def test_twice_is_once(event):
    assert [bring(event), bring(event)] == [200, 200]
    settle()
    settle()
    assert StripeEvent.objects.count() == 1
    assert NetworkEntry.objects.filter(verb="billing.event_applied", detail__event=event["id"]).count() == 1


def test_a_tampered_body_is_refused(event):
    body = events.body_of(event).replace(b'"active"', b'"canceled"')
    assert body != events.body_of(event)
    assert bring(event, body=body) == 400
    assert nothing_stored()


@pytest.mark.parametrize("minutes", [60, 6, -6, -60])
def test_a_timestamp_ahead_or_long_ago_is_refused(event, minutes):
    at = int((timezone.now() + timedelta(minutes=minutes)).timestamp())
    assert bring(event, at=at) == 400
    assert nothing_stored()


def test_a_little_off_is_no_fault(event):
    assert bring(event, at=int(timezone.now().timestamp()) + 200) == 200


def test_the_previous_secret_is_good_until_its_end_and_no_longer(event, settings):
    assert bring(event, secret=OLD_SECRET) == 400
    settings.STRIPE_WEBHOOK_PREVIOUS_UNTIL = timezone.now() - timedelta(seconds=1)
    assert bring(event, secret=OLD_SECRET) == 400
    assert nothing_stored()
    settings.STRIPE_WEBHOOK_PREVIOUS_UNTIL = timezone.now() + timedelta(hours=1)
    assert bring(event, secret=OLD_SECRET) == 200
    assert bring(event, secret=SECRET) == 200


def test_without_an_end_the_previous_secret_is_never_good(event, settings):
    settings.STRIPE_WEBHOOK_PREVIOUS_UNTIL = None
    assert bring(event, secret=OLD_SECRET) == 400


def test_the_wrong_mode_is_refused(event, settings):
    assert bring({**event, "livemode": True}) == 400
    settings.STRIPE_LIVE = True
    assert bring(event) == 400
    assert nothing_stored()


@pytest.mark.parametrize("header", ["", "t=1", "v1=abc", "t=x,v1=abc", "t=1,v1=", "t=²,v1=abc", "t=9999999999999,v1=a"])
def test_a_header_that_is_none_is_refused(event, header, client):
    answer = client.post(
        "/billing/stripe/", b"{}", content_type="application/json", headers={"Stripe-Signature": header}
    )
    assert answer.status_code in (400, 404)
    assert nothing_stored()


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"object": "event"}', b'{"object": "event", "id": 1}'])
def test_what_is_signed_but_no_event_is_refused(event, body, settings, stranger_client):
    at = int(timezone.now().timestamp())
    signed = events.signature(body, secret=SECRET, at=at)
    answer = stranger_client("").post(
        "/billing/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signed}
    )
    assert answer.status_code == 400
    assert nothing_stored()


def test_an_unknown_customer_is_parked_told_and_changes_nothing(event, stands):
    thing = {**event["data"]["object"], "customer": "cus_nobody"}
    foreign = {**event, "id": "evt_foreign", "data": {"object": thing}}
    before = (stands(), list(Subscription.objects.values()), Notice.objects.count())
    assert bring(foreign) == 200
    settle()
    assert StripeEvent.objects.get(id="evt_foreign").state == "parked"
    assert NetworkEntry.objects.get(verb="billing.event_parked").detail["event"] == "evt_foreign"
    assert (stands(), list(Subscription.objects.values()), Notice.objects.count()) == before


def test_what_an_event_claims_of_a_practice_is_not_believed(event, borealis, stands):
    """Only our own table says which customer is which practice."""
    thing = {**event["data"]["object"], "customer": "cus_nobody", "metadata": {"practice": str(borealis.id)}}
    bring({**event, "id": "evt_claims", "data": {"object": thing}})
    settle()
    assert not BillingAccount.objects.filter(practice_id=borealis.id).exists()


def test_what_an_event_says_is_not_believed_but_read_anew(event, stands):
    """A signed event that is old, or whose words are wrong, changes nothing that Stripe does not say now."""
    thing = {**event["data"]["object"], "status": "canceled"}
    bring({**event, "id": "evt_old", "data": {"object": thing}})
    settle()
    assert stands() == ("practice", "open")


def test_an_event_about_nothing_of_ours_is_settled(event):
    bring(
        {**event, "id": "evt_price", "type": "price.updated", "data": {"object": {"object": "price", "id": "price_1"}}}
    )
    settle()
    assert StripeEvent.objects.get(id="evt_price").state == "nothing"


def test_without_a_secret_there_is_no_such_address(event, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert bring(event) == 400


def test_only_post_is_offered(stripe, stranger_client):
    assert stranger_client("").get("/billing/stripe/").status_code == 405


def test_a_practices_host_has_no_such_address(event, stranger_client):
    assert stranger_client("aurora").post("/billing/stripe/", json.dumps(event), "application/json").status_code == 404
