"""The life of a subscription, by its actions: after each step the practice has what it paid for, and not more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from billing.actions.change_plan import change_plan, preview_change
from billing.actions.end_plan import end_plan
from billing.actions.pay import pay_invoice, pdf_of, portal_of
from billing.gateway import gateway
from billing.jobs import settle_all
from billing.models import BillingAccount, Invoice, Notice, Subscription
from billing.notices import tell
from billing.plans import PLANS, PlanKey
from core.errors import Conflict, DomainError, NotFound
from infra.fakes.stripe.customers import put_card
from tenants.entitlements import limits_of
from tenants.models import Practice
from tenants.principal import at_practice


@pytest.fixture
def account(aurora):
    return lambda: BillingAccount.objects.get(practice_id=aurora.id)


def declined(stripe, told):
    """A month later the bank refuses."""
    portal_card(stripe, "0341")
    stripe.forward(days=31)
    told()


def portal_card(stripe, last4):
    put_card(stripe.state, stripe.only("customer")["id"], last4)


def test_a_member_has_no_account_and_pays_nothing(aurora, stands):
    assert stands() == ("member", "open")
    assert not BillingAccount.objects.exists()


def test_paid_at_once(paid, stands, aurora, account):
    assert stands() == ("practice", "open")
    assert limits_of(aurora.id) == dict(PLANS[PlanKey.PRACTICE].limits)
    assert (account().card_last4, account().email) == ("4242", "olivia@example.com")
    assert Invoice.objects.get().amount.minor == 14_900


def test_a_card_that_is_declined_buys_nothing(stripe, checkout, told, stands):
    page = stripe.press(checkout(), card="0002")
    assert (page.status_code, "declined" in page.text) == (200, True)
    told()
    assert stands() == ("member", "open")


def test_a_trial_needs_no_card_and_ends_by_itself(stripe, checkout, told, stands, aurora):
    assert stripe.press(checkout(trial=True), card="").status_code == 303
    told()
    assert stands() == ("practice", "trial")
    until = Practice.objects.get(id=aurora.id).standing_until
    assert timedelta(days=29) < until - timezone.now() <= timedelta(days=30)
    stripe.forward(days=31)
    told()
    assert stands() == ("member", "open")


def test_a_trial_with_a_card_goes_on_as_paid(stripe, checkout, told, stands):
    stripe.press(checkout(trial=True), card="4242")
    told()
    stripe.forward(days=31)
    told()
    assert stands() == ("practice", "open")


def test_a_plan_is_tried_once(stripe, checkout, told):
    stripe.press(checkout(trial=True), card="")
    stripe.forward(days=31)
    told()
    with pytest.raises(Conflict, match="tried a plan before"):
        checkout(trial=True)


def test_who_has_a_plan_is_not_sold_a_second_one(paid, checkout):
    with pytest.raises(Conflict, match="has a plan already"):
        checkout()


def test_one_press_twice_is_one_page(checkout, stripe):
    once = uuid4()
    assert checkout(once=once) == checkout(once=once)
    assert len(stripe.state.of("customer")) == 1


@pytest.mark.parametrize("chosen", [{"plan": "member"}, {"plan": "yacht"}, {"interval": "week"}])
def test_a_plan_that_is_none_is_refused(checkout, chosen):
    with pytest.raises(DomainError) as refused:
        checkout(**chosen)
    assert refused.value.field == "plan"


def test_past_due_keeps_everything_until_the_grace_ends(paid, told, stands, aurora):
    declined(paid, told)
    assert stands() == ("practice", "past_due")
    assert limits_of(aurora.id) == dict(PLANS[PlanKey.PRACTICE].limits)
    settle_all()
    assert stands() == ("practice", "past_due")


def test_beyond_the_grace_it_is_read_only_until_it_is_paid(paid, told, stands, account, aurora, olivia):
    declined(paid, told)
    Invoice.objects.filter(status="open").update(invoiced_at=timezone.now() - timedelta(days=15))
    BillingAccount.objects.update(owed_since=timezone.now() - timedelta(days=15))
    settle_all()
    assert stands() == ("practice", "read_only")
    portal_card(paid, "4242")
    invoice = Invoice.objects.get(status="open")
    pay_invoice(practice=aurora, invoice_id=invoice.id, once=uuid4(), by=olivia, now=timezone.now())
    assert stands() == ("practice", "open")
    invoice.refresh_from_db()
    assert (invoice.status, account().owed_since) == ("paid", None)


def test_whoever_is_read_only_can_end_the_plan_at_once_and_goes_on_for_free(paid, told, stands, aurora, olivia):
    declined(paid, told)
    BillingAccount.objects.update(owed_since=timezone.now() - timedelta(days=15))
    settle_all()
    end_plan(practice=aurora, ends=True, once=uuid4(), by=olivia, now=timezone.now())
    assert stands() == ("member", "open")
    # Stripe leaves the invoice of an ended plan open: it is let go by us, there and here, and no card pays it later.
    owed = list(paid.state.of("invoice").values())[-1]
    assert (owed["status"], owed["amount_remaining"]) == ("void", 0)
    assert set(Invoice.objects.values_list("status", flat=True)) == {"paid", "void"}
    with pytest.raises(Conflict, match="nothing left to pay"):
        pay_invoice(
            practice=aurora, invoice_id=Invoice.objects.get(status="void").id, once=uuid4(), by=olivia,
            now=timezone.now(),
        )  # fmt: skip


def test_paying_with_a_card_that_is_declined_says_so(paid, told, aurora, olivia, stands):
    declined(paid, told)
    invoice = Invoice.objects.get(status="open")
    with pytest.raises(DomainError, match="declined"):
        pay_invoice(practice=aurora, invoice_id=invoice.id, once=uuid4(), by=olivia, now=timezone.now())
    assert stands() == ("practice", "past_due")


def test_an_upgrade_costs_what_was_shown(paid, aurora, olivia, stands):
    now = timezone.now()
    shown = preview_change(practice=aurora, plan="group", interval="month", by=olivia, now=now)
    # Three locations at least, at $119 each, against one at $149; the whole month is still ahead.
    assert abs(shown.due - (3 * 11_900 - 14_900)) <= 1
    change_plan(practice=aurora, plan="group", interval="month", at=shown.at, once=uuid4(), by=olivia, now=now)
    assert stands() == ("group", "open")
    assert Subscription.objects.get().quantity == 3
    assert Invoice.objects.order_by("-invoiced_at", "-id").values_list("due", flat=True)[:2][0] in (shown.due, 14_900)
    assert shown.due in set(Invoice.objects.values_list("due", flat=True))


def test_whoever_owes_pays_before_the_plan_changes(paid, told, aurora, olivia, stands):
    declined(paid, told)
    now = timezone.now()
    more = {"practice": aurora, "plan": "group", "interval": "month", "by": olivia, "now": now}
    for change in (
        lambda: preview_change(**more),
        lambda: change_plan(**more, at=int(now.timestamp()), once=uuid4()),
    ):
        with pytest.raises(Conflict) as refused:
            change()
        assert refused.value.code == "plan_owed"
    assert (stands(), Subscription.objects.get().plan) == (("practice", "past_due"), "practice")


def test_one_press_changes_the_plan_once_though_we_forget_what_stripe_took(paid, aurora, olivia, stands):
    before, once, now = set(paid.state.answers), uuid4(), timezone.now()
    shown = preview_change(practice=aurora, plan="group", interval="month", by=olivia, now=now)

    def change():
        change_plan(practice=aurora, plan="group", interval="month", at=shown.at, once=once, by=olivia, now=now)

    with transaction.atomic():
        change()
        # As if the machine had stopped before the commit.
        transaction.set_rollback(True)
    assert stands() == ("practice", "open")
    change()
    assert stands() == ("group", "open")
    # Others are of the library itself, for the preview, which writes nothing.
    new = {key for key in set(paid.state.answers) - before if key.startswith("perennial")}
    assert new == {f"perennial-change-{once}"}
    assert Invoice.objects.filter(due=shown.due).count() == 1


def test_texts_are_charged_in_the_rhythm_of_the_plan(paid, told, aurora, olivia, account):
    """Stripe lets nothing else into one subscription; what was counted by the month is charged with the change."""
    assert sold(paid) == ["perennial_practice_month", "perennial_texts"]
    gateway().count_texts(customer=account().customer, number=1_050, identifier="lot", at=timezone.now())
    now = timezone.now() + timedelta(seconds=5)
    shown = preview_change(practice=aurora, plan="practice", interval="year", by=olivia, now=now)
    assert ("Texts", 100) in shown.lines
    change_plan(practice=aurora, plan="practice", interval="year", at=shown.at, once=uuid4(), by=olivia, now=now)
    told()
    assert sold(paid) == ["perennial_practice_year", "perennial_texts_year"]
    back = preview_change(practice=aurora, plan="group", interval="month", by=olivia, now=timezone.now())
    assert ("Texts", 0) in back.lines


def test_by_the_year_texts_are_counted_from_the_first(stripe, checkout, told):
    assert stripe.press(checkout(interval="year"), card="4242").status_code == 303
    assert sold(stripe) == ["perennial_practice_year", "perennial_texts_year"]


def sold(stripe):
    """The lookup keys of what the one subscription has."""
    return sorted(item["price"]["lookup_key"] for item in stripe.only("subscription")["items"]["data"])


def test_what_was_shown_long_ago_is_shown_again(paid, aurora, olivia):
    now = timezone.now()
    with pytest.raises(Conflict, match="once more"):
        change_plan(
            practice=aurora, plan="group", interval="month", at=int(now.timestamp()) - 3601, once=uuid4(), by=olivia,
            now=now,
        )  # fmt: skip
    assert Subscription.objects.get().plan == "practice"


def test_cancelled_it_runs_to_the_end_of_what_is_paid_then_is_free(paid, told, aurora, olivia, stands):
    end_plan(practice=aurora, ends=True, once=uuid4(), by=olivia, now=timezone.now())
    assert (Subscription.objects.get().cancel_at_period_end, stands()) == (True, ("practice", "open"))
    paid.forward(days=31)
    told()
    assert stands() == ("member", "open")
    assert Subscription.objects.get().status == "canceled"


def test_a_cancellation_is_taken_back(paid, told, aurora, olivia, stands):
    for ends in (True, False):
        end_plan(practice=aurora, ends=ends, once=uuid4(), by=olivia, now=timezone.now())
    paid.forward(days=31)
    told()
    assert stands() == ("practice", "open")
    with pytest.raises(Conflict):
        end_plan(practice=aurora, ends=False, once=uuid4(), by=olivia, now=timezone.now())


def test_invoices_have_pdfs_and_the_portal_an_address(paid, aurora, olivia, borealis, person):
    invoice = Invoice.objects.get()
    assert pdf_of(practice=aurora, invoice_id=invoice.id, by=olivia).endswith(".pdf")
    assert portal_of(practice=aurora, back="http://x.example/", once=uuid4(), by=olivia).startswith("http://127.0.0.1:")
    bella = at_practice(person=person("Bella"), practice=borealis)
    with pytest.raises(NotFound):
        pdf_of(practice=borealis, invoice_id=invoice.id, by=bella)
    with pytest.raises(NotFound):
        pdf_of(practice=aurora, invoice_id=invoice.id, by=bella)


@pytest.mark.parametrize("name", ["Priya", "Frank"])
def test_who_is_neither_owner_nor_manager_says_nothing_about_money(stripe, aurora, person, name):
    by = at_practice(person=person(name), practice=aurora)
    with pytest.raises(NotFound):
        portal_of(practice=aurora, back="http://x.example/", once=uuid4(), by=by)


class TestMails:
    def test_owners_and_managers_are_told_once_that_a_payment_failed(self, paid, told, stands):
        declined(paid, told)
        mail.outbox.clear()
        assert tell(now=timezone.now()) == 2
        assert tell(now=timezone.now()) == 0
        assert sorted(one.to[0] for one in mail.outbox) == ["martin@example.com", "olivia@example.com"]
        assert "/settings/billing/" in mail.outbox[0].body
        assert Notice.objects.get().kind == "payment_failed"

    def test_a_trial_that_ends_soon_is_told_before(self, stripe, checkout, told):
        stripe.press(checkout(trial=True), card="")
        told()
        assert not Notice.objects.exists()
        Subscription.objects.update(trial_end=timezone.now() + timedelta(days=2))
        settle_all()
        assert Notice.objects.get().kind == "trial_ending"

    def test_read_only_and_the_end_are_told(self, paid, told, aurora, olivia):
        declined(paid, told)
        BillingAccount.objects.update(owed_since=timezone.now() - timedelta(days=15))
        settle_all()
        end_plan(practice=aurora, ends=True, once=uuid4(), by=olivia, now=timezone.now())
        assert set(Notice.objects.values_list("kind", flat=True)) == {"payment_failed", "read_only", "ended"}
        mail.outbox.clear()
        assert tell(now=timezone.now()) == 6
        assert all("Aurora Aesthetics" in one.subject + one.body for one in mail.outbox)
