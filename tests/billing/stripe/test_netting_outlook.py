"""Before it chooses, a practice sees what rebates would pay of its plan; and its plan page says how it is."""

import re
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

import pytest
import time_machine

from billing.actions.end_plan import end_plan
from billing.crediting import credit_due
from billing.models import BillingAccount
from billing.outlook import outlook
from billing.plans import PLANS, Interval, PlanKey
from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import Statement
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.netting import choose_netting
from billing.purchasing.statements.prepare import prepare
from billing.refresh import refresh
from core.tenancy.scope import practice_scope

PRICE = PLANS[PlanKey.PRACTICE].prices[Interval.MONTH].minor
THIRD, FOURTH = quarter_of(date(2026, 9, 30)), quarter_of(date(2026, 12, 31))
NEW_YEAR = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def earns(bring, make_program, deal, now, borealis):
    """earns(10_000): Aurora bought for so many dollars in the third quarter, and the vendor paid two percent of it."""

    def paid(dollars):
        make_program()
        bring(f"A-1,,2026-07-06,SF-100,,1,,{dollars},")
        bring("B-1,,2026-07-06,SF-100,,1,,9000,", by=borealis)
        total = prepare_claim(contract=deal.contract, last=THIRD.last, now=now).total.minor
        claim = send_claim(contract_id=deal.contract.id, last=THIRD.last, total_seen=total, by_name="Nora", now=now)
        record_payment(
            claim_id=claim.id, minor=total, day=date(2026, 12, 1), reference="W", by_name="Nora", now=NEW_YEAR
        )

    return paid


def seen(aurora):
    with practice_scope(aurora):
        return outlook(practice_id=aurora.id)


def cents(found):
    return {
        name: getattr(found, name).minor
        for name in ("paid", "quarter", "taken", "sent", "invoice", "credit", "covered", "left", "left_now")
    }


def test_without_a_paid_plan_that_goes_on_there_is_nothing_to_take(paid, aurora, olivia, borealis, earns):
    earns(5000)
    assert seen(borealis) is None
    end_plan(practice=aurora, ends=True, once=uuid4(), by=olivia, now=datetime.now(UTC))
    assert seen(aurora) is None


def test_rebates_that_pay_part_of_an_invoice_leave_the_rest_to_the_card(paid, aurora, earns):
    earns(5000)
    assert cents(seen(aurora)) == {
        "paid": 10_000, "quarter": 3 * PRICE, "taken": 10_000, "sent": 0, "invoice": PRICE, "credit": 0,
        "covered": 10_000, "left": PRICE - 10_000, "left_now": PRICE,
    }  # fmt: skip


def test_rebates_above_a_quarter_of_the_plan_are_sent(paid, aurora, earns):
    earns(50_000)
    found = seen(aurora)
    assert found.taken.minor == 3 * PRICE
    assert found.sent.minor == 200_000 - 3 * PRICE
    assert (found.covered.minor, found.left.minor) == (PRICE, 0)


def test_what_was_told_is_what_the_statement_takes(paid, aurora, earns):
    earns(50_000)
    told = seen(aurora)
    with practice_scope(aurora):
        choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia", now=NEW_YEAR)
    payout = sum(one.payout for one in prepare(quarter=FOURTH, now=NEW_YEAR))
    approve(quarter=FOURTH, payout_seen=payout, by_name="Nora", now=NEW_YEAR)
    mine = Statement.objects.get(practice=aurora.id)
    assert (mine.netted_minor, mine.payout_minor) == (told.taken.minor, told.sent.minor)
    # On its way to the provider, and there: a credit all the same.
    after = seen(aurora)
    assert (after.paid.minor, after.credit.minor, after.left_now.minor) == (0, 3 * PRICE, 0)
    credit_due(now=NEW_YEAR)
    assert BillingAccount.objects.get().credit_minor == 3 * PRICE
    assert cents(seen(aurora)) == cents(after)


def test_what_a_vendor_took_back_takes_nothing(paid, aurora):
    found = seen(aurora)
    less = type(found)(**{**{name: getattr(found, name) for name in found.__slots__}, "paid": -found.invoice})
    assert (less.taken.minor, less.sent.minor, less.covered.minor, less.left.minor) == (0, 0, 0, PRICE)


@pytest.fixture
def pages(sign_in, now):
    """pages(path): its words, as Olivia."""

    def read(path):
        with time_machine.travel(now, tick=False):
            html = sign_in("Olivia", at="aurora").get(path).content.decode()
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())

    return read


def test_the_page_where_it_is_chosen_says_the_amounts_first(paid, aurora, earns, pages):
    earns(5000)
    page = pages("/savings/")
    assert "If you choose it, as it stands today" in page
    assert "Rebates paid, on no statement yet $100.00" in page
    assert "Taken for your plan, at most $447.00 a quarter $100.00" in page
    assert "without texts $149.00 Paid by rebates $100.00 Left for your card $49.00 Rebates reach" in page


def test_a_practice_without_a_plan_is_told_so(stripe, aurora, earns, pages):
    earns(5000)
    assert "You have no paid plan that goes on, so nothing is taken now." in pages("/savings/")


def test_the_plan_page_says_how_rebates_are_used(paid, aurora, earns, pages):
    earns(5000)
    page = pages("/settings/billing/")
    assert "Rebates are sent to you Of the next invoice, $149.00 without texts, your card pays $149.00." in page
    with practice_scope(aurora):
        choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia", now=NEW_YEAR)
    page = pages("/settings/billing/")
    assert "Rebates that vendors paid come first" in page
    assert "they pay $100.00 and your card $49.00, if its statement is approved before" in page


def test_a_credit_that_is_unlike_ours_is_a_difference(paid, aurora):
    BillingAccount.objects.update(credit_minor=7)
    found = refresh(account_id=BillingAccount.objects.get().id, now=datetime.now(UTC))
    assert [one.split(": ")[1] for one in found] == ["the credit differs"]
    assert BillingAccount.objects.get().credit_minor == 0
