"""What the network receives of a vendor is told to each member, to the cent, never more than the contract states."""

from datetime import date

import pytest

from billing.purchasing.fees.disclosure import disclosure, years_of
from billing.purchasing.fees.record_receipt import record_receipt
from billing.purchasing.models import Contract, FeeReceipt, FeeShare
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.tenancy.scope import practice_scope

TODAY = date(2026, 11, 23)


@pytest.fixture
def receive(bring, deal, borealis):
    bring("A-1,,2026-07-06,SF-100,,1,,1000,", "A-2,,2026-07-06,,Freight,1,,9999,")
    bring("B-1,,2026-07-06,SF-100,,1,,10000,", by=borealis)

    def received(minor=16_500, *, first=date(2026, 1, 1), last=date(2026, 9, 30), on=date(2026, 10, 20), contract=None):
        return record_receipt(
            contract_id=contract or deal.contract.id, first=first, last=last, minor=minor, received_on=on, today=TODAY
        )

    return received


@pytest.fixture
def another_contract(deal):
    """another_contract(fee="none", …): the id of one with the same vendor and other terms."""

    def made(**terms):
        kept = {name: getattr(deal.contract, name) for name in ("vendor", "name", "begins_on", "fee", "fee_rate")}
        signed = {name: getattr(deal.contract, name) for name in ("signed_on", "signed_by", "signed_for_vendor_by")}
        return Contract.objects.create(number="BB-2", **{**kept, **signed, **terms}).id

    return made


def test_each_member_is_told_its_part(receive, aurora, borealis):
    receive(16_499)
    with practice_scope(aurora):
        (mine,) = disclosure(practice_id=aurora.id, year=2026)
        assert (mine.vendor, mine.contract, str(mine.bought), str(mine.received)) == (
            "Bluebell Supply", "Bluebell 2026", "$1,000.00", "$15.00",
        )  # fmt: skip
        assert years_of(practice_id=aurora.id) == [2026]
        assert disclosure(practice_id=aurora.id, year=2025) == []
    assert sum(one.cents for one in FeeShare.objects.all()) == 16_499


def test_more_than_the_contract_states_is_refused(receive):
    with pytest.raises(DomainError) as refused:
        receive(16_501)
    assert (refused.value.code, refused.value.field) == ("fee_over_stated", "minor")
    assert "$165.00 at most" in refused.value.message
    receive(16_000)
    with pytest.raises(DomainError):
        receive(501, on=date(2026, 10, 21))
    receive(500, on=date(2026, 10, 21))


def test_more_than_the_stated_amount_a_year_is_refused(receive, another_contract):
    yearly = another_contract(fee="amount", fee_rate=None, fee_minor=1_000)
    receive(600, contract=yearly)
    with pytest.raises(DomainError) as refused:
        receive(401, on=date(2026, 10, 21), contract=yearly)
    assert refused.value.code == "fee_over_stated"
    receive(400, on=date(2026, 10, 21), contract=yearly)


def test_a_contract_that_states_no_fee_brings_none(receive, another_contract):
    with pytest.raises(DomainError) as refused:
        receive(1, contract=another_contract(fee="none", fee_rate=None))
    assert refused.value.code == "fee_none"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last": date(2025, 12, 31)}, "last"),
        ({"last": date(2026, 12, 31)}, "last"),
        ({"on": date(2026, 11, 24)}, "received_on"),
        ({"minor": 0}, "minor"),
        ({"first": date(2026, 8, 1)}, "first"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(receive, given, field):
    with pytest.raises(DomainError) as refused:
        receive(**given)
    assert refused.value.field == field
    assert not FeeReceipt.objects.exists()


def test_it_is_recorded_once_and_only_for_a_signed_contract(receive, another_contract):
    receive(100)
    with pytest.raises(Conflict):
        receive(50)
    with pytest.raises(NotFound):
        receive(50, contract=uuid7())
    unsigned = another_contract(signed_on=None, signed_by="", signed_for_vendor_by="")
    with pytest.raises(NotFound):
        receive(50, contract=unsigned)


def test_a_member_does_not_read_what_was_received_in_all(receive, aurora):
    receive()
    with practice_scope(aurora):
        assert [one.cents for one in FeeShare.objects.all()] == [1_500]
        assert FeeReceipt.objects.values_list("received_on", flat=True).get() == date(2026, 10, 20)
