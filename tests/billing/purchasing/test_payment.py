"""Money of a vendor: to the cent to every member, in part where it is paid in part, and what never comes."""

from datetime import date, timedelta

import pytest

from billing.ledger.balance import balance, owed_to_members
from billing.ledger.models import AccountKind
from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import PaymentShare, VendorPayment, WriteOff
from billing.purchasing.payments.open_claim import standing
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.payments.write_off import write_off
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.tenancy.scope import practice_scope

THIRD = date(2026, 9, 30)


@pytest.fixture
def claim(bring, make_program, deal, now, aurora, borealis):
    """Aurora's $20.00 and Borealis' $400.00, claimed today."""
    make_program()
    bring("A-1,,2026-07-06,SF-100,,1,,1000,")
    bring("B-1,,2026-07-06,SF-100,,1,,10000,", by=borealis)
    seen = prepare(contract=deal.contract, last=THIRD, now=now).total.minor
    return send_claim(contract_id=deal.contract.id, last=THIRD, total_seen=seen, by_name="Nora Network", now=now)


@pytest.fixture
def pay(claim, now):
    def paid(minor, *, reference="WIRE 1", day=None, **more):
        return record_payment(
            claim_id=more.pop("claim_id", claim.id),
            minor=minor,
            day=day or now.date(),
            reference=reference,
            by_name="Nora Network",
            now=now,
        )

    return paid


def test_a_whole_payment_settles_the_claim_and_is_owed_to_its_members(claim, pay, aurora, borealis, deal):
    pay(42_000)
    assert standing(claim).left == 0
    assert owed_to_members(currency="USD") == {aurora.id: 2_000, borealis.id: 40_000}
    assert balance(AccountKind.VENDOR_OWES, currency="USD", vendor_id=deal.vendor.id) == 0
    assert balance(AccountKind.BANK, currency="USD") == 42_000
    assert balance(AccountKind.MEMBER_CLAIMED, currency="USD") == 0


def test_a_part_is_shared_in_the_same_part_and_the_rest_stays_open(claim, pay, aurora, borealis):
    pay(10_001)
    shares = {one.of.practice_id: one.cents for one in PaymentShare.objects.select_related("of")}
    # 2/42 of it is 476.238…
    assert shares == {aurora.id: 476, borealis.id: 9_525}
    assert standing(claim).left == 31_999
    pay(31_999, reference="WIRE 2")
    assert owed_to_members(currency="USD") == {aurora.id: 2_000, borealis.id: 40_000}


def test_a_cent_that_could_be_either_members_goes_to_the_one_whose_id_is_first(bring, deal, now, pay, aurora, borealis):
    first, second = sorted((aurora, borealis), key=lambda one: one.id)
    bring("A-2,,2026-04-06,SF-100,,1,,3000,", by=first)
    bring("B-2,,2026-04-06,SF-100,,1,,1000,", by=second)
    given = {"contract_id": deal.contract.id, "last": date(2026, 6, 30), "total_seen": 8_000}
    even = send_claim(**given, by_name="Nora Network", now=now)
    # Of two cents, 1.5 and 0.5.
    pay(2, claim_id=even.id)
    shares = PaymentShare.objects.filter(of__claim=even).select_related("of")
    assert {one.of.practice_id: one.cents for one in shares} == {first.id: 2, second.id: 0}
    # The next two make it even again.
    pay(2, claim_id=even.id, reference="WIRE 2")
    assert owed_to_members(currency="USD") == {first.id: 3, second.id: 1}


@pytest.mark.parametrize(
    ("minor", "code"), [(0, "payment_amount"), (-5, "payment_amount"), (42_001, "payment_too_much")]
)
def test_an_amount_that_cannot_be_is_refused(claim, pay, minor, code):
    with pytest.raises(DomainError) as refused:
        pay(minor)
    assert (refused.value.code, refused.value.field) == (code, "minor")
    assert not VendorPayment.objects.exists()


def test_more_than_is_open_says_how_much_is(claim, pay):
    pay(41_000)
    with pytest.raises(DomainError) as refused:
        pay(1_001, reference="WIRE 2")
    assert refused.value.message.startswith("Only $10.00 is open of this claim.")


def test_one_reference_is_recorded_once(claim, pay):
    pay(100)
    with pytest.raises(Conflict) as refused:
        pay(100, reference=" WIRE 1 ")
    assert refused.value.code == "payment_twice"
    assert balance(AccountKind.BANK, currency="USD") == 100


@pytest.mark.parametrize(("days", "code"), [(1, "payment_day"), (-1, "payment_day")])
def test_money_comes_after_the_claim_and_not_tomorrow(claim, pay, now, days, code):
    with pytest.raises(DomainError) as refused:
        pay(100, day=now.date() + timedelta(days=days))
    assert refused.value.code == code


def test_a_reference_is_needed_and_a_claim_that_is_none_is_not_found(claim, pay):
    with pytest.raises(DomainError) as refused:
        pay(100, reference="  ")
    assert refused.value.field == "reference"
    with pytest.raises(NotFound):
        pay(100, claim_id=uuid7())


def test_what_is_written_off_is_open_no_more_and_its_members_read_why(claim, pay, aurora, now, deal):
    pay(21_000)
    write_off(claim_id=claim.id, why="Paid late: two invoices", by_name="Nora Network", now=now)
    assert standing(claim).left == 0
    assert balance(AccountKind.VENDOR_OWES, currency="USD", vendor_id=deal.vendor.id) == 0
    assert balance(AccountKind.MEMBER_CLAIMED, currency="USD") == 0
    assert owed_to_members(currency="USD")[aurora.id] == 1_000
    with practice_scope(aurora):
        assert WriteOff.objects.values_list("why", flat=True).get() == "Paid late: two invoices"
    with pytest.raises(Conflict):
        write_off(claim_id=claim.id, why="Again", by_name="Nora Network", now=now)
    with pytest.raises(DomainError):
        pay(1, reference="WIRE 9")


def test_a_reason_is_needed_to_write_off(claim, now):
    with pytest.raises(DomainError) as refused:
        write_off(claim_id=claim.id, why=" ", by_name="Nora Network", now=now)
    assert refused.value.field == "why"
    assert not WriteOff.objects.exists()


def test_a_claim_that_takes_back_is_paid_back(bring, claim, pay, deal, now, aurora):
    pay(42_000)
    bring("A-R,,2026-07-20,SF-100,,-1,,-500,")
    seen = prepare(contract=deal.contract, last=THIRD, now=now).total.minor
    back = send_claim(contract_id=deal.contract.id, last=THIRD, total_seen=seen, by_name="Nora Network", now=now)
    assert back.minor == -2_000
    pay(-2_000, claim_id=back.id)
    assert owed_to_members(currency="USD").get(aurora.id) is None
    assert balance(AccountKind.BANK, currency="USD") == 40_000


def test_a_member_sees_its_share_and_not_the_payment_of_all(pay, aurora, borealis):
    pay(42_000)
    with practice_scope(aurora):
        assert [one.cents for one in PaymentShare.objects.all()] == [2_000]
        assert VendorPayment.objects.values_list("reference", flat=True).get() == "WIRE 1"
