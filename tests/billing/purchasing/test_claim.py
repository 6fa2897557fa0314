"""The network claims what members earned, once, and what it stands on stays as it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from billing.ledger.balance import balance
from billing.ledger.models import AccountKind
from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import Claim, ClaimedPurchase, ClaimLine, PurchaseLine
from billing.receiving.take_back import take_back
from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope

THIRD = date(2026, 9, 30)
JULY = date(2026, 7, 6)


def row(amount, *, day=JULY, invoice="A-1"):
    return f"{invoice},,{day},SF-100,,1,,{amount},"


@pytest.fixture
def claim(deal, now):
    """claim(): what is open of the third quarter is claimed, as it was prepared."""

    def sent(*, last=THIRD, seen=None, **more):
        if seen is None:
            seen = prepare(contract=deal.contract, last=last, now=now).total.minor
        return send_claim(
            contract_id=deal.contract.id, last=last, total_seen=seen, by_name="Nora Network", now=now, **more
        )

    return sent


def test_a_claim_holds_each_members_part_down_to_each_line(bring, make_program, claim, deal, aurora, borealis):
    make_program()
    bring(row("1000"), row("500.55", invoice="A-2"))
    bring(row("10000"), by=borealis)
    sent = claim()
    assert (sent.number, sent.minor, sent.due_on) == (1, 3_001 + 40_000, THIRD + timedelta(days=60))
    parts = {line.practice_id: (line.cents, line.base_minor, line.tier) for line in sent.lines.all()}
    assert parts == {aurora.id: (3_001, 150_055, 0), borealis.id: (40_000, 1_000_000, 1)}
    for line in sent.lines.all():
        assert sum(one.cents for one in line.purchases.all()) == line.cents
    assert balance(AccountKind.VENDOR_OWES, currency="USD", vendor_id=deal.vendor.id) == 43_001
    assert balance(AccountKind.MEMBER_CLAIMED, currency="USD", member_id=aurora.id) == -3_001


def test_nothing_is_claimed_twice(bring, make_program, claim):
    make_program()
    bring(row("1000"))
    claim()
    with pytest.raises(DomainError) as refused:
        claim()
    assert refused.value.code == "claim_empty"


def test_an_invoice_that_comes_late_is_claimed_by_the_next_one(bring, make_program, claim, aurora):
    make_program()
    bring(row("1000"))
    claim()
    # It reaches the second tier: the first line earns more, too.
    bring(row("9000", invoice="LATE"))
    second = claim()
    assert (second.number, second.minor) == (2, 40_000 - 2_000)
    by_invoice = {
        one.purchase.invoice: one.cents for one in ClaimedPurchase.objects.filter(of__claim=second).select_related()
    }
    assert by_invoice == {"A-1": 4_000 - 2_000, "LATE": 36_000}


def test_a_return_that_crosses_a_tier_back_is_taken_off_by_the_next_one(bring, make_program, claim):
    make_program()
    bring(row("10000"))
    assert claim().minor == 40_000
    bring(row("-0.01", invoice="RETURN"))
    assert claim().minor == 20_000 - 40_000


def test_what_was_claimed_cannot_be_changed_or_taken_back(bring, make_program, claim, aurora, now, deal):
    make_program()
    of = bring(row("1000"))
    claim()
    with practice_scope(aurora):
        with pytest.raises(Conflict) as refused:
            take_back(file_id=of.id, now=now)
        assert refused.value.code == "purchases_claimed"
    for change in (
        {"amount_minor": 5},
        {"item": deal.toxin},
        {"day": date(2026, 7, 7)},
        {"is_freight": True, "item": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PurchaseLine.objects.update(**change)
    # What it is called may be mended.
    PurchaseLine.objects.update(description="Silk filler, 1 ml")
    assert PurchaseLine.objects.get().amount_minor == 100_000


def test_of_a_claimed_line_known_units_stay_and_unknown_ones_become_known(bring, make_program, claim, aurora):
    make_program()
    bring("A-1,1,2026-07-06,ST-200,,2,,1000,", "A-2,1,2026-07-06,ST-200,,1,pallet,1000,")
    claim()
    known, unknown = (PurchaseLine.objects.filter(practice=aurora.id, invoice=one) for one in ("A-1", "A-2"))
    assert unknown.update(units=40) == 1
    for lines in (known, unknown):
        for units in (99, None):
            with pytest.raises(IntegrityError, match="claimed for this line"), transaction.atomic():
                lines.update(units=units)


def test_a_month_and_a_half_year_are_claimed_when_they_ended(bring, make_program, claim, deal, now):
    make_program(name="Month", every="month", tiers=((1, "0.01"),))
    make_program(name="Half", every="half", from_day=date(2026, 3, 1), tiers=((1, "0.02"),))
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,", "A-2,1,2026-08-06,SF-100,,1,,2000,")
    for last, parts in (
        (date(2026, 7, 31), [("Month", 1_000)]),
        (date(2026, 8, 31), [("Half", 6_000), ("Month", 2_000)]),
        (date(2026, 9, 30), []),
    ):
        prepared = prepare(contract=deal.contract, last=last, now=now)
        assert [(one.accrual.program.name, one.cents) for one in prepared.parts] == parts


def test_a_period_that_was_claimed_gets_no_new_rules(bring, make_program, claim):
    program = make_program()
    bring(row("1000"))
    claim()
    late = {"program": program, "number": 2, "every": "quarter", "measured": "volume", "way": "flat", "why": "Better"}
    versions = program.versions
    with pytest.raises(IntegrityError, match="a period from that day on was claimed"), transaction.atomic():
        versions.create(from_day=date(2026, 7, 1), **late)
    with pytest.raises(IntegrityError, match="was claimed by"), transaction.atomic():
        versions.get().tiers.create(place=9, at=Decimal(1), rate=Decimal(1))
    assert versions.create(from_day=date(2026, 10, 1), **late).number == 2


def test_a_year_is_claimed_when_it_ended_and_not_with_its_quarters(bring, make_program, claim, deal, now):
    make_program(every="year")
    bring(row("1000"))
    assert not prepare(contract=deal.contract, last=THIRD, now=now).parts


def test_a_year_of_the_contract_is_claimed_when_it_ended(bring, make_program, claim, deal, now):
    make_program(every="year", from_day=date(2025, 10, 1))
    bring(row("600", day=date(2026, 1, 2)), row("400", day=date(2026, 7, 1)))
    assert prepare(contract=deal.contract, last=THIRD, now=now).total.minor == 2_000
    assert claim(seen=2_000).last == THIRD


def test_what_changed_since_somebody_looked_is_looked_at_again(bring, make_program, claim):
    make_program()
    bring(row("1000"))
    with pytest.raises(Conflict) as refused:
        claim(seen=1_999)
    assert refused.value.message.startswith("What members earned changed while you looked: it is $20.00 now")
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("last", "code"), [(date(2026, 9, 29), "claim_day"), (date(2026, 12, 31), "claim_early")])
def test_a_claim_is_for_a_quarter_that_is_over(make_program, claim, last, code):
    make_program()
    with pytest.raises(DomainError) as refused:
        claim(last=last)
    assert refused.value.code == code


def test_it_is_due_after_the_period(bring, make_program, claim):
    make_program()
    bring(row("1000"))
    with pytest.raises(DomainError) as refused:
        claim(due_on=THIRD)
    assert refused.value.field == "due_on"


def test_a_member_sees_its_part_and_not_what_was_claimed_for_all(bring, make_program, claim, aurora, borealis):
    make_program()
    bring(row("1000"))
    bring(row("10000"), by=borealis)
    sent = claim()
    with practice_scope(aurora):
        assert [one.cents for one in ClaimLine.objects.all()] == [2_000]
        assert [one.cents for one in ClaimedPurchase.objects.all()] == [2_000]
        assert Claim.objects.values_list("due_on", "number").get() == (sent.due_on, 1)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Claim.objects.values_list("minor").get()


def test_a_member_without_a_part_does_not_see_the_claim(bring, make_program, claim, borealis):
    make_program()
    bring(row("1000"))
    claim()
    with practice_scope(borealis):
        assert not Claim.objects.values_list("id").exists()
