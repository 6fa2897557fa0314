"""The life of a subscription, in the browser and against the stand-in: free, trial, paid, declined, past due, paid,
upgraded, cancelled, ended, free. Events come twice, out of order, late, and one never; after each step the practice has
what it has paid for.
"""

import re

import pytest
from django.conf import settings as ours
from django.utils import timezone
from playwright.sync_api import expect

from billing.apply import apply
from billing.models import BillingAccount, Invoice, Notice, Reconciliation, StripeEvent, Subscription
from billing.plans import PLANS, PlanKey
from billing.reconcile import reconcile
from infra.fakes.stripe import events
from tenants.entitlements import limits_of
from tenants.models import Practice
from tests.browser.conftest import free_port, serving
from tests.browser.looking import look
from tests.cast import PASSWORD
from tests.fake_stripe import KEY, SECRET, Stripe

pytestmark = pytest.mark.browser


@pytest.fixture
def stripe(settings, committed):
    made = Stripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = KEY, made.server.address
    settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_LIVE = SECRET, False
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def place(stripe, open_place):
    made = open_place(time_zone="America/Los_Angeles")
    yield made
    for account in BillingAccount.objects.filter(practice_id=made.id):
        for model in (Subscription, Invoice, Notice):
            model.objects.filter(account=account).delete()
        account.delete()
    StripeEvent.objects.all().delete()
    Reconciliation.objects.all().delete()


@pytest.fixture
def site(stripe, django_db_setup):
    """The web server with the stand-in behind it; yields the port."""
    keys = {
        "STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": SECRET, "STRIPE_API_BASE": stripe.server.address,
    }  # fmt: skip
    with serving(free_port(), DEMO="1", **keys) as port:
        yield port


@pytest.fixture
def bring(stripe, site):
    """bring(events): to the web server, each signed now; all of them are taken."""

    def one(some):
        at = int(timezone.now().timestamp())
        to = f"http://{ours.NETWORK_HOST}:{site}/billing/stripe/"
        assert [events.bring(event, to=to, secret=SECRET, at=at) for event in some] == [200] * len(some)

    return one


@pytest.fixture
def has(place, aside):
    """has("practice", "trial"): plan, standing and limits of the practice, once every stored event was applied."""

    def settle():
        waiting = StripeEvent.objects.filter(state="waiting").order_by("received_at")
        for event_id in waiting.values_list("id", flat=True):
            apply(event_id=event_id, now=timezone.now())

    def now(plan, standing):
        aside(settle)
        row = aside(lambda: Practice.objects.values_list("plan", "standing").get(id=place.id))
        limits = aside(lambda: limits_of(place.id))
        assert (tuple(row), limits) == ((plan, standing), dict(PLANS[PlanKey(plan)].limits))

    return now


def test_from_free_to_free(stripe, place, owner, site, bring, has, aside, page, problems):
    home = f"http://{place.slug}.perennial.localhost:{site}"

    def billing():
        page.goto(f"{home}/settings/billing/")
        return page.locator("#plan")

    def press(name):
        page.get_by_role("button", name=name).click()

    page.goto(f"{home}/account/login/")
    page.get_by_label("Email").fill(owner)
    page.get_by_label("Password").fill(PASSWORD)
    press("Sign in")
    page.wait_for_url(f"{home}/**")

    # Free.
    expect(billing()).to_contain_text("Member")
    expect(page.get_by_text("Test billing: no money moves")).to_be_visible()
    assert look(page) == []
    has("member", "open")

    # Tried, without a card. Every event comes twice.
    page.get_by_role("link", name="Compare plans").click()
    expect(page.get_by_role("heading", name="Plans", exact=True)).to_be_visible()
    assert look(page) == []
    press(re.compile("Try it for 30 days.*Practice, by the month"))
    press("Begin the trial without a card")
    expect(page.get_by_text("Your plan and billing are up to date")).to_be_visible()
    twice = stripe.take()
    bring([*twice, *twice])
    has("practice", "trial")
    expect(billing()).to_contain_text("Trial")
    assert look(page) == []

    # Paid: a card is added, the trial is over, and the events come from the last to the first.
    press("Keep Practice: add a card")
    press("Keep: A card that pays (…4242)")
    page.get_by_role("link", name="Back to the practice").click()
    expect(page.get_by_text("Visa ending 4242")).to_be_visible()
    stripe.forward(days=31)
    bring(stripe.take()[::-1])
    has("practice", "open")
    expect(billing()).to_contain_text("Paid up")

    # Declined: the card is replaced by one that the bank refuses a month later. The events come late.
    press("Replace the card")
    press("Keep: A card that is taken now and declined when it is charged (…0341)")
    page.get_by_role("link", name="Back to the practice").click()
    bring(stripe.take())
    has("practice", "open")
    stripe.forward(days=31)
    late = stripe.take()
    has("practice", "open")
    bring(late)
    has("practice", "past_due")
    expect(billing()).to_contain_text("Payment due")
    expect(page.get_by_text("The bank declined $149.00")).to_be_visible()
    assert look(page) == []

    # Tried again with the same card, the bank refuses once more; with another one it is paid.
    press("Try again now")
    expect(page.get_by_text("The bank declined the card")).to_be_visible()
    billing()
    press("Use another card")
    press("Keep: A card that pays (…4242)")
    press("Pay $149.00")
    page.get_by_role("link", name="Back to the practice").click()
    expect(page.locator("#plan")).to_contain_text("Paid up")
    # What was sent before it was paid comes after: it changes nothing.
    bring([{**event, "id": f"{event['id']}_late"} for event in late])
    bring(stripe.take())
    has("practice", "open")

    # Upgraded, at the price that was shown.
    page.get_by_role("link", name="Change plan").click()
    page.get_by_role("link", name=re.compile("See what the change costs.*Group, by the month")).click()
    shown = page.get_by_role("heading", name="is charged now").inner_text().split()[0]
    assert look(page) == []
    press("Change the plan")
    expect(page.get_by_text("The plan is changed")).to_be_visible()
    expect(page.locator("#invoices")).to_contain_text(shown)
    bring(stripe.take())
    has("group", "open")

    # Cancelled: it runs to the end of what is paid.
    page.get_by_role("link", name="End the plan").click()
    expect(page.get_by_role("heading", name="End the plan", level=1)).to_be_visible()
    assert look(page) == []
    press("End Group")
    expect(page.locator("#plan")).to_contain_text("Nothing more is charged after")
    bring(stripe.take())
    has("group", "open")

    # Ended, and the event of it is lost: the night finds and heals it.
    stripe.forward(days=400)
    stripe.take()
    has("group", "open")
    report = aside(lambda: reconcile(heal=True, now=timezone.now()))
    assert any("canceled there" in line for line in report.found)
    has("member", "open")
    expect(billing()).to_contain_text("Free")
    assert aside(lambda: StripeEvent.objects.exclude(state="applied").count()) == 0
    # The one refusal of above, which the page says.
    assert [one for one in problems if home in one and "/settings/billing/payment/" not in one] == []
