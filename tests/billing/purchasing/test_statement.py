"""What each member earned, was paid and paid in a quarter: as it was previewed, kept, and booked."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from billing.ledger.balance import balance, owed_to_members
from billing.ledger.models import AccountKind
from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import Statement, StatementLine
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements import netting
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.netting import choose_netting, nets_now
from billing.purchasing.statements.prepare import prepare
from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope

THIRD, FOURTH = quarter_of(date(2026, 9, 30)), quarter_of(date(2026, 12, 31))
NEW_YEAR = datetime(2027, 1, 15, 12, tzinfo=UTC)
PAID_ON = date(2026, 12, 1)


@pytest.fixture
def claim(bring, make_program, deal, now, borealis):
    make_program()
    bring("A-1,,2026-07-06,SF-100,,1,,1000,", "A-2,,2026-10-06,SF-100,,1,,2000,")
    bring("B-1,,2026-07-06,SF-100,,1,,10000,", by=borealis)
    seen = prepare_claim(contract=deal.contract, last=THIRD.last, now=now).total.minor
    return send_claim(contract_id=deal.contract.id, last=THIRD.last, total_seen=seen, by_name="Nora", now=now)


@pytest.fixture
def pay(claim):
    def paid(minor=42_000, *, day=PAID_ON, reference="WIRE 1"):
        return record_payment(
            claim_id=claim.id, minor=minor, day=day, reference=reference, by_name="Nora", now=NEW_YEAR
        )

    return paid


@pytest.fixture
def approved():
    def done(quarter=FOURTH, *, seen=None):
        if seen is None:
            seen = sum(one.payout for one in prepare(quarter=quarter, now=NEW_YEAR))
        return approve(quarter=quarter, payout_seen=seen, by_name="Nora Network", now=NEW_YEAR)

    return done


@pytest.fixture
def subscription(monkeypatch):
    """subscription(aurora, 1500): it owes so much for its subscription."""
    owed = {}
    monkeypatch.setattr(netting, "_due", [lambda members, _: {m: owed[m] for m in members if m in owed}])
    return lambda practice, minor: owed.__setitem__(practice.id, minor)


def of(practice, drafted):
    return next(one for one in drafted if one.practice_id == practice.id)


def test_it_says_what_was_earned_paid_and_is_waited_for(pay, claim, aurora, now, bring):
    pay(21_000)
    mine = of(aurora, prepare(quarter=FOURTH, now=NEW_YEAR))
    assert (mine.paid, mine.netted, mine.payout) == (1_000, 0, 1_000)
    (paid,) = mine.content["paid"]
    assert (paid["vendor"], paid["program"], paid["minor"]) == ("Bluebell Supply", "Quarterly", 1_000)
    (waiting,) = mine.content["waiting"]
    assert (waiting["minor"], waiting["due"]) == (1_000, claim.due_on.isoformat())


def test_months_and_years_of_a_contract_stand_in_their_quarters(claim, make_program, aurora, now):
    make_program(name="Monthly", every="month", tiers=((1, "0.01"),))
    make_program(name="From May", every="year", from_day=date(2025, 5, 1), tiers=((1, "0.01"),))
    accrue_since(date(2026, 7, 1), now=now)
    earned = of(aurora, prepare(quarter=FOURTH, now=NEW_YEAR)).content["earned"]
    assert [(one["program"], one["first"], one["last"], one["minor"]) for one in earned] == [
        ("From May", "2026-05-01", "2027-04-30", 3_000),
        ("Monthly", "2026-10-01", "2026-10-31", 2_000),
        ("Quarterly", "2026-10-01", "2026-12-31", 4_000),
    ]


def test_what_is_approved_is_kept_and_booked(pay, approved, aurora, borealis):
    pay()
    approved()
    mine = Statement.objects.get(practice=aurora.id)
    assert (mine.first, mine.paid_minor, mine.payout_minor) == (FOURTH.first, 2_000, 2_000)
    assert owed_to_members(currency="USD") == {}
    assert balance(AccountKind.BANK, currency="USD") == 0
    with pytest.raises(ProgrammingError), transaction.atomic():
        Statement.objects.update(paid_minor=5)


def test_a_payment_is_settled_once(pay, approved, aurora):
    pay()
    approved()
    with pytest.raises(DomainError) as refused:
        approved()
    assert refused.value.code == "statements_none"
    assert StatementLine.objects.filter(statement__practice=aurora.id).count() == 1


def test_a_payment_that_was_recorded_late_is_in_the_next_one(pay, approved, aurora):
    pay(21_000)
    approved()
    pay(21_000, reference="WIRE 2")
    later = datetime(2027, 4, 5, tzinfo=UTC)
    mine = of(aurora, prepare(quarter=quarter_of(date(2027, 3, 31)), now=later))
    assert mine.paid == 1_000


@pytest.mark.parametrize(("due", "netted"), [(0, 0), (1_500, 1_500), (2_000, 2_000), (9_900, 2_000)])
def test_the_subscription_is_taken_from_what_was_paid_and_no_more(
    pay, approved, aurora, subscription, now, due, netted
):
    pay()
    subscription(aurora, due)
    with practice_scope(aurora):
        choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia Owens", now=now)
    approved()
    mine = Statement.objects.get(practice=aurora.id)
    assert (mine.netted_minor, mine.payout_minor) == (netted, 2_000 - netted)
    assert balance(AccountKind.SUBSCRIPTIONS, currency="USD") == -netted
    assert balance(AccountKind.BANK, currency="USD") == netted


def test_nothing_is_taken_from_what_is_only_claimed(claim, aurora, subscription, now):
    subscription(aurora, 1_500)
    choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia Owens", now=now)
    mine = of(aurora, prepare(quarter=FOURTH, now=NEW_YEAR))
    assert (mine.paid, mine.netted) == (0, 0)


def test_nothing_is_taken_of_whoever_did_not_choose_it_or_took_it_back(pay, aurora, borealis, subscription, now):
    pay()
    subscription(aurora, 1_500)
    subscription(borealis, 1_500)
    choose_netting(practice_id=aurora.id, nets=True, by_name="Olivia Owens", now=now)
    choose_netting(practice_id=aurora.id, nets=False, by_name="Olivia Owens", now=NEW_YEAR)
    drafted = prepare(quarter=FOURTH, now=NEW_YEAR)
    assert {one.netted for one in drafted} == {0}


def test_choosing_what_stands_already_is_told(in_aurora, now):
    with pytest.raises(Conflict):
        choose_netting(practice_id=in_aurora.id, nets=False, by_name="Olivia Owens", now=now)
    choose_netting(practice_id=in_aurora.id, nets=True, by_name="Olivia Owens", now=now)
    assert nets_now(in_aurora.id)
    with pytest.raises(Conflict):
        choose_netting(practice_id=in_aurora.id, nets=True, by_name="Olivia Owens", now=now)


def test_what_changed_since_the_preview_is_looked_at_again(pay, approved):
    pay()
    with pytest.raises(Conflict) as refused:
        approved(seen=41_999)
    assert "they pay out $420.00 now" in refused.value.message
    assert not Statement.objects.exists()


def test_a_quarter_that_has_not_ended_has_no_statements(pay, now):
    with pytest.raises(DomainError) as refused:
        prepare(quarter=FOURTH, now=now)
    assert refused.value.code == "statement_early"


def test_a_member_reads_its_own_statements_only(pay, approved, aurora):
    pay()
    approved()
    with practice_scope(aurora):
        assert [one.practice_id for one in Statement.objects.all()] == [aurora.id]
        assert StatementLine.objects.count() == 1
