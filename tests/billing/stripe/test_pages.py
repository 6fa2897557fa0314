"""The pages of plan and billing, with the stand-in behind them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import requests
from django.urls import reverse
from django.utils import timezone

from billing.jobs import settle_all
from billing.models import BillingAccount, Invoice, StripeEvent, Subscription
from infra import urls_network, urls_practice
from infra.fakes.stripe.customers import put_card
from tenants.models import Practice


def url(name):
    return reverse(f"portal:{name}", urls_practice)


@pytest.fixture
def martin(sign_in, aurora):
    """Managers say what is paid, as owners do."""
    return sign_in("Martin", at="aurora")


def words(answer):
    return " ".join(answer.content.decode().split())


def test_choosing_leads_to_the_page_where_it_is_paid_and_back(stripe, martin):
    shown = martin.get(url("billing-plans"))
    assert stripe.server.address in shown.headers["Content-Security-Policy"]
    assert "Test billing: no money moves" in words(shown)
    answer = martin.post(url("billing-checkout"), {"plan": "practice", "interval": "year", "once": uuid4()})
    assert (answer.status_code, answer.url.startswith(stripe.server.address)) == (303, True)
    paid = stripe.press(answer.url, card="4242")
    assert paid.headers["Location"].endswith(url("billing-return"))
    back = martin.get(url("billing-return"), follow=True)
    assert "Your plan and billing are up to date" in words(back)
    assert "$1,490.00 <small>a year for each location</small>" in words(back)
    assert "Visa ending 4242" in words(back)


def test_what_is_off_is_said_and_nothing_is_offered(martin, settings):
    settings.STRIPE_SECRET_KEY = ""
    page = words(martin.get(url("billing-plans")))
    assert "has not switched paid plans on" in page
    assert "Choose Practice" not in page
    refused = martin.post(url("billing-checkout"), {"plan": "practice", "interval": "month"})
    assert (refused.status_code, "not switched on" in words(refused)) == (409, True)


def test_a_declined_payment_says_what_was_refused_until_when_and_what_to_do(paid, martin, told):
    put_card(paid.state, paid.only("customer")["id"], "0341")
    paid.forward(days=31)
    told()
    page = words(martin.get(url("billing")))
    assert "The bank declined $149.00" in page
    assert "Nothing stops before" in page
    assert "Use another card" in page
    today = words(martin.get(url("today")))
    assert "A payment failed" in today
    assert "Nothing stops before" in today
    invoice = Invoice.objects.get(status="open")
    put_card(paid.state, paid.only("customer")["id"], "4242")
    answer = martin.post(url("billing-payment"), {"invoice": invoice.id, "once": uuid4()}, follow=True)
    assert "The invoice is paid" in words(answer)
    assert "A payment failed" not in words(martin.get(url("today")))


def test_whoever_is_read_only_pays_on_the_page_and_may_write_again(paid, martin, told, aurora):
    put_card(paid.state, paid.only("customer")["id"], "0341")
    paid.forward(days=31)
    told()
    Invoice.objects.filter(status="open").update(invoiced_at=timezone.now() - timedelta(days=15))
    BillingAccount.objects.update(owed_since=timezone.now() - timedelta(days=15))
    settle_all()
    assert Practice.objects.get(id=aurora.id).standing == "read_only"
    put_card(paid.state, paid.only("customer")["id"], "4242")
    invoice = Invoice.objects.get(status="open")
    answer = martin.post(url("billing-payment"), {"invoice": invoice.id, "once": uuid4()}, follow=True)
    assert "The invoice is paid" in words(answer)
    assert Practice.objects.get(id=aurora.id).standing == "open"


def test_whoever_has_no_say_in_money_sees_no_banner_of_it_but_that_nothing_changes(paid, sign_in, told, aurora):
    put_card(paid.state, paid.only("customer")["id"], "0341")
    paid.forward(days=31)
    told()
    frank = sign_in("Frank", at="aurora")
    assert "A payment failed" not in words(frank.get(url("today")))
    BillingAccount.objects.update(owed_since=timezone.now() - timedelta(days=15))
    settle_all()
    page = words(frank.get(url("today")))
    assert "Read-only for now" in page
    assert url("billing") not in page
    assert frank.get(url("billing")).status_code == 404


def test_a_change_is_shown_before_it_is_done_and_costs_that(paid, martin):
    shown = martin.get(url("billing-change"), {"plan": "group", "interval": "month"})
    due = shown.context["due"]
    assert f"{due} is charged now" in words(shown)
    form = {"plan": "group", "interval": "month", "at": shown.context["shown"].at, "once": uuid4()}
    # Pressed twice, it is one change.
    assert [martin.post(url("billing-change"), form).status_code for _ in range(2)] == [303, 409]
    assert Subscription.objects.get().plan == "group"
    assert Invoice.objects.filter(due=due.minor, status="paid").count() == 1


@pytest.mark.parametrize("wrong", [{"plan": "practice", "interval": "month"}, {"plan": "x", "interval": "month"}])
def test_a_change_that_is_none_says_so(paid, martin, wrong):
    assert martin.get(url("billing-change"), wrong).status_code == 409


def test_the_end_says_what_stays_and_can_be_taken_back(paid, martin):
    assert "Nothing is closed or removed" in words(martin.get(url("billing-end")))
    assert "You stay a member" in words(martin.post(url("billing-end"), {"once": uuid4()}, follow=True))
    assert "Keep the plan" in words(martin.get(url("billing")))
    assert "The plan goes on" in words(martin.post(url("billing-resumption"), {"once": uuid4()}, follow=True))


def test_invoices_are_pdfs_and_nobody_elses(paid, martin, sign_in, borealis):
    invoice = Invoice.objects.get()
    answer = martin.get(url("billing-pdf"), {"of": invoice.id})
    assert requests.get(answer.url, timeout=20).content.startswith(b"%PDF-")
    assert sign_in("Bella", at="borealis").get(url("billing-pdf"), {"of": invoice.id}).status_code == 404
    assert martin.get(url("billing-pdf"), {"of": "nonsense"}).status_code == 404


def test_where_invoices_go_and_tax_numbers_are_changed(paid, martin):
    martin.post(url("billing-address"), {"email": "bills@example.com", "once": uuid4()})
    assert BillingAccount.objects.get().email == "bills@example.com"
    wrong = martin.post(url("billing-address"), {"value": "12", "once": uuid4()})
    assert (wrong.status_code, "12-3456789" in words(wrong)) == (422, True)
    martin.post(url("billing-address"), {"value": "12-3456789", "once": uuid4()})
    (number,) = BillingAccount.objects.get().tax_ids
    assert number["value"] == "12-3456789"
    martin.post(url("billing-tax-id-removal"), {"id": number["id"]})
    assert BillingAccount.objects.get().tax_ids == []
    assert martin.post(url("billing-tax-id-removal"), {"id": "txi_of_others"}).status_code == 404


def test_where_stripe_does_not_answer_nothing_is_lost_and_it_is_said(paid, martin):
    paid.server.fails = 50
    answer = martin.post(url("billing-end"), {"once": uuid4()})
    assert (answer.status_code, "does not answer" in words(answer)) == (409, True)
    paid.server.fails = 0
    assert not Subscription.objects.get().cancel_at_period_end


def test_the_console_shows_plans_what_is_owed_and_what_fits_nobody(paid, sign_in, told):
    put_card(paid.state, paid.only("customer")["id"], "0341")
    paid.forward(days=31)
    told()
    StripeEvent.objects.create(
        id="evt_stray", type="invoice.paid", customer="cus_stray", raw=b"{}", state="parked", created_at=timezone.now(),
        received_at=timezone.now(), settled_at=timezone.now(),
    )  # fmt: skip
    page = words(sign_in("Nora", at="").get(reverse("console:billing", urls_network)))
    assert "Payment failed" in page
    assert "$149.00" in page
    assert "cus_stray" in page
    assert "Test billing" in page
