"""What a practice buys and earns is its own: no other practice reads it, and what a vendor is sent tells of nobody.

Asked of the database, as the practice's role and without any condition: whatever a page forgets, no row is there.
"""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from billing.ledger.models import Posting
from billing.models import BillingAccount, Invoice, StripeEvent, Subscription
from billing.purchasing.claims.file import COLUMNS, file_of
from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.fees.disclosure import disclosure
from billing.purchasing.fees.record_receipt import record_receipt
from billing.purchasing.models import (
    Accrual,
    ClaimDelivery,
    ClaimedPurchase,
    ClaimLine,
    FeeShare,
    GroupTotal,
    ItemAlias,
    NettingChoice,
    PaymentShare,
    PurchaseLine,
    Statement,
    StatementLine,
    StatementMail,
)
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.purchases.name_item import name_item
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.netting import choose_netting
from billing.purchasing.statements.prepare import prepare
from core.tenancy.scope import practice_scope
from tests.billing.conftest import bring, deal, make_program  # noqa: F401  fixtures

THIRD, FOURTH = quarter_of(date(2026, 9, 30)), quarter_of(date(2026, 12, 31))
NEW_YEAR = datetime(2027, 1, 15, 12, tzinfo=UTC)
OF_A_MEMBER = (
    PurchaseLine, ItemAlias, Accrual, ClaimLine, ClaimedPurchase, PaymentShare, FeeShare, Statement, StatementLine,
    NettingChoice,
)  # fmt: skip
OF_THE_NETWORK = (ClaimDelivery, GroupTotal, StatementMail, Posting, BillingAccount, Invoice, Subscription, StripeEvent)
PATIENT = "Zoe Quill lips"


@pytest.fixture
def lived(bring, make_program, deal, aurora, now):  # noqa: F811
    """Aurora alone bought, earned, was paid, was told, and chose: a row of each kind is there."""
    make_program()
    bring(f"A-1,1,2026-07-06,SF-100,{PATIENT},1,,10000,", "A-2,1,2026-07-07,ZZ-1,Cotton,1,,5,")
    with practice_scope(aurora):
        name_item(practice_id=aurora.id, vendor_id=deal.vendor.pk, key="zz1", item_id=None, now=now)
        choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia", now=now)
    accrue_since(THIRD.first, now=now)
    seen = prepare_claim(contract=deal.contract, last=THIRD.last, now=now).total.minor
    claim = send_claim(contract_id=deal.contract.pk, last=THIRD.last, total_seen=seen, by_name="Nora", now=now)
    record_payment(claim_id=claim.pk, minor=seen, day=date(2026, 12, 1), reference="W", by_name="Nora", now=NEW_YEAR)
    record_receipt(
        contract_id=deal.contract.pk, first=THIRD.first, last=THIRD.last, minor=15_000, received_on=date(2026, 11, 2),
        today=NEW_YEAR.date(),
    )  # fmt: skip
    payout = sum(one.payout for one in prepare(quarter=FOURTH, now=NEW_YEAR))
    approve(quarter=FOURTH, payout_seen=payout, by_name="Nora", now=NEW_YEAR)
    return claim


@pytest.mark.parametrize("model", OF_A_MEMBER, ids=lambda one: one.__name__)
def test_no_other_practice_reads_what_a_member_buys_earns_and_chose(lived, aurora, borealis, model):
    with practice_scope(aurora):
        assert model.objects.count() > 0
    with practice_scope(borealis):
        assert model.objects.count() == 0


@pytest.mark.parametrize("model", OF_THE_NETWORK, ids=lambda one: one.__name__)
def test_the_books_accounts_and_totals_of_the_network_are_read_by_no_practice(lived, aurora, model):
    with practice_scope(aurora), pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.exists()


def test_no_practice_writes_what_another_bought(lived, borealis, aurora, deal):  # noqa: F811
    line = {"vendor": deal.vendor, "invoice": "X", "line": "1", "day": THIRD.first, "quantity": 1, "amount_minor": 1}
    with practice_scope(borealis):
        assert PurchaseLine.objects.update(amount_minor=1) == 0
        assert PurchaseLine.objects.all().delete()[0] == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            PurchaseLine.objects.create(practice_id=aurora.id, **line)
    assert PurchaseLine.objects.filter(practice=aurora.id).count() == 2


def test_what_a_vendor_is_sent_has_no_words_of_bookkeeping(lived):
    """Nobody checks what stands in a description; so it stays with the member."""
    rows = list(file_of(lived))
    assert len(rows) == 1
    assert "Description" not in COLUMNS
    assert not [cell for row in rows for cell in row if "Zoe" in cell or "Quill" in cell]


def test_each_member_is_told_each_year_what_the_network_received_on_its_purchases(lived, aurora, borealis):
    with practice_scope(aurora):
        assert [(one.vendor, one.received.minor) for one in disclosure(practice_id=aurora.id, year=2026)] == [
            ("Bluebell Supply", 15_000)
        ]
    with practice_scope(borealis):
        assert disclosure(practice_id=borealis.id, year=2026) == []
        # Not even by asking for another's.
        assert disclosure(practice_id=aurora.id, year=2026) == []
