"""42 CFR 1001.952(j): a group may be paid by vendors if each member is told the fee, 3 percent of the price at most or
else the amount. And what is not agreed yet is told to nobody."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.purchasing.contracts.draft import draft_contract
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import (
    Contract,
    Offer,
    OfferPrice,
    ProgramItem,
    ProgramTier,
    ProgramVersion,
    RebateProgram,
)
from core.errors import DomainError
from core.tenancy.scope import practice_scope
from tests.billing.purchasing import selling

DAY = date(2026, 1, 1)
TERMS = {"number": "1", "name": "Injectables", "currency": "USD", "begins_on": DAY, "ends_on": None, "fee_minor": None}
OF_A_CONTRACT = (Contract, Offer, OfferPrice, RebateProgram, ProgramVersion, ProgramTier, ProgramItem)


@pytest.fixture
def vendor(db):
    return selling.vendor()


def draft(vendor, rate="0.03"):
    return draft_contract(vendor_id=vendor.pk, **TERMS, fee="percent", fee_rate=Decimal(rate))


def with_all_that_hangs_on_it(contract):
    item = selling.item(contract.vendor)
    offer = Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=DAY)
    OfferPrice.objects.create(offer=offer, minor=52_000)
    selling.version(selling.program(contract), items=[item])
    return contract


def sign(contract, **change):
    hands = {"signed_on": DAY, "signed_by": "Nora", "signed_for_vendor_by": "Vera", "fee_is_stated": True, **change}
    return sign_contract(contract_id=contract.pk, today=DAY, **hands)


def seen_in(practice):
    """What a query without any condition finds, as the practice's role."""
    with practice_scope(practice):
        return {model.__name__: model.objects.count() for model in OF_A_CONTRACT}


def test_more_than_three_percent_is_refused_by_the_code(vendor):
    with pytest.raises(DomainError) as refused:
        draft(vendor, "0.030001")
    assert (refused.value.code, refused.value.field) == ("fee_too_large", "fee_rate")
    assert draft(vendor, "0.03").fee_rate == Decimal("0.03")


@pytest.mark.parametrize(
    "fee",
    [
        {"fee_rate": Decimal("0.030001")},
        {"fee_rate": None},
        {"fee": "none"},
        {"fee": "amount"},
        {"fee": "amount", "fee_rate": None, "fee_minor": None},
        {"fee": "amount", "fee_minor": 100},
    ],
)
def test_the_database_refuses_it_too_and_a_fee_that_is_not_stated(vendor, fee):
    contract = draft(vendor)
    with pytest.raises(IntegrityError, match="contract_fee_stated"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**fee)


def test_nobody_signs_for_a_fee_that_the_paper_does_not_state(vendor):
    with pytest.raises(DomainError, match="It must stand there as it stands here"):
        sign(draft(vendor), fee_is_stated=False)


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ({"fee": "none"}, "The network receives nothing from the vendor."),
        (
            {"fee": "percent", "fee_rate": Decimal("0.0125")},
            "The network receives 1.25% of what you buy, from the vendor.",
        ),
        ({"fee": "amount", "fee_minor": 1_200_000}, "The network receives $12,000.00 a year from the vendor"),
    ],
)
@pytest.mark.parametrize("name", ["Olivia", "Martin"])
def test_each_member_is_told_the_fee_where_it_reads_the_prices(sign_in, vendor, name, fee, said):
    contract = selling.contract(vendor, **fee)
    client = sign_in(name, at="aurora")
    for path in ("/offers/", f"/offers/{contract.pk}/"):
        assert said in client.get(path).content.decode()


def test_a_draft_and_all_that_hangs_on_it_is_invisible_to_practices(vendor, aurora, borealis):
    contract = with_all_that_hangs_on_it(draft(vendor))
    nothing = {model.__name__: 0 for model in OF_A_CONTRACT}
    assert seen_in(aurora) == seen_in(borealis) == nothing
    sign(contract)
    assert seen_in(aurora) == {**{model.__name__: 1 for model in OF_A_CONTRACT}, "ProgramTier": 2}


def test_a_practice_writes_no_contract(vendor, aurora):
    contract = sign(draft(vendor))
    with practice_scope(aurora), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(ends_on=DAY)
