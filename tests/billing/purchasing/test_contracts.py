from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.purchasing.contracts.draft import change_contract, draft_contract
from billing.purchasing.contracts.end import end_contract
from billing.purchasing.contracts.fee import fee_in_words
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import Claim, ClaimLine, Contract, Offer
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
TERMS = {
    "number": "LUM-2026", "name": "Injectables", "currency": "USD", "begins_on": date(2026, 1, 1),
    "ends_on": date(2027, 12, 31), "fee": "percent", "fee_rate": Decimal("0.015"), "fee_minor": None,
}  # fmt: skip
HANDS = {"signed_on": TODAY, "signed_by": "Nora Nolan", "signed_for_vendor_by": "Vera Vance", "fee_is_stated": True}


@pytest.fixture
def vendor(db):
    return selling.vendor()


def draft(vendor, **change):
    return draft_contract(vendor_id=vendor.pk, **{**TERMS, **change})


def sign(contract, **change):
    return sign_contract(contract_id=contract.pk, today=TODAY, **{**HANDS, **change})


def refusal(code, field, act):
    with pytest.raises(DomainError) as refused:
        act()
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"number": ""}, "number_missing", "number"),
        ({"name": ""}, "name_missing", "name"),
        ({"currency": "XXX"}, "currency_unknown", "currency"),
        ({"ends_on": date(2025, 12, 31)}, "ends_before_it_begins", "ends_on"),
        ({"fee": ""}, "fee_unstated", "fee"),
        ({"fee_rate": None}, "fee_rate_missing", "fee_rate"),
        ({"fee_rate": Decimal("0.0300001")}, "fee_too_large", "fee_rate"),
        ({"fee_rate": Decimal("0.0150001")}, "fee_rate_fine", "fee_rate"),
        ({"fee": "amount"}, "fee_amount_missing", "fee_minor"),
    ],
)
def test_what_cannot_be_agreed_is_told_by_its_field(vendor, change, code, field):
    refusal(code, field, lambda: draft(vendor, **change))
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "The network receives 1.5% of what you buy, from the vendor."),
        ({"fee_rate": Decimal("0.03")}, "The network receives 3% of what you buy, from the vendor."),
        ({"fee": "none", "fee_rate": Decimal("0.01")}, "The network receives nothing from the vendor."),
        (
            {"fee": "amount", "fee_minor": 1_200_000},
            "The network receives $12,000.00 a year from the vendor, however much members buy.",
        ),
    ],
)
def test_the_fee_is_told_in_plain_words(vendor, change, words):
    contract = draft(vendor, **change)
    contract.refresh_from_db()
    assert fee_in_words(contract) == words


def test_a_number_that_is_taken_becomes_a_sentence(vendor):
    draft(vendor)
    refusal("contract_exists", "number", lambda: draft(vendor))
    draft(selling.vendor("Other"))


def test_a_draft_changes_and_a_signed_contract_does_not(vendor):
    contract = draft(vendor)
    change_contract(contract_id=contract.pk, **{**TERMS, "fee": "none"})
    sign(contract)
    refusal("contract_signed", None, lambda: change_contract(contract_id=contract.pk, **TERMS))
    contract.refresh_from_db()
    assert (contract.fee, contract.fee_rate) == ("none", None)


@pytest.mark.parametrize(
    "change",
    [
        {"fee": "percent", "fee_rate": Decimal("0.01")},
        {"currency": "CAD"},
        {"begins_on": date(2025, 1, 1)},
        {"ends_on": None},
        {"ends_on": date(2028, 1, 1)},
        {"signed_on": None, "signed_by": "", "signed_for_vendor_by": ""},
    ],
)
def test_the_database_keeps_what_was_signed(vendor, change):
    contract = sign(draft(vendor, fee="none"))
    with pytest.raises(IntegrityError, match="that contract is signed"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**change)


def test_the_currency_stays_while_something_is_priced_in_it(vendor):
    contract = draft(vendor)
    selling.program(contract)
    refusal(
        "contract_priced", "currency", lambda: change_contract(contract_id=contract.pk, **{**TERMS, "currency": "CAD"})
    )


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"signed_by": " "}, "signed_by_missing", "signed_by"),
        ({"signed_for_vendor_by": ""}, "signed_for_vendor_by_missing", "signed_for_vendor_by"),
        ({"signed_on": date(2026, 11, 24)}, "signed_in_the_future", "signed_on"),
        ({"fee_is_stated": False}, "fee_not_stated", "fee_is_stated"),
    ],
)
def test_it_is_signed_by_both_with_the_fee_stated_or_not_at_all(vendor, change, code, field):
    contract = draft(vendor)
    refusal(code, field, lambda: sign(contract, **change))
    contract.refresh_from_db()
    assert contract.signed_on is None


def test_it_is_signed_once(vendor):
    contract = sign(draft(vendor))
    assert (contract.signed_by, contract.signed_for_vendor_by) == ("Nora Nolan", "Vera Vance")
    refusal("contract_signed", None, lambda: sign(contract))


def test_its_offers_end_with_it_and_those_to_come_are_gone(vendor):
    contract = sign(draft(vendor))
    running = offer(contract, "A", date(2026, 1, 1), date(2027, 12, 31))
    over = offer(contract, "B", date(2026, 1, 1), date(2026, 6, 30))
    offer(contract, "C", date(2027, 4, 1), None)
    end_contract(contract_id=contract.pk, ends_on=date(2026, 12, 31))
    assert dict(Offer.objects.values_list("pk", "ends_on")) == {
        running.pk: date(2026, 12, 31),
        over.pk: date(2026, 6, 30),
    }


def test_it_ends_no_later_than_was_signed_and_not_before_it_began(vendor):
    contract = draft(vendor)
    refusal("not_signed", None, lambda: end_contract(contract_id=contract.pk, ends_on=TODAY))
    sign(contract)
    for day, code in ((date(2028, 1, 1), "ends_later"), (date(2025, 12, 31), "ends_before_it_begins")):
        refusal(code, "ends_on", lambda day=day: end_contract(contract_id=contract.pk, ends_on=day))


def test_it_does_not_end_within_what_was_claimed(vendor, aurora, now):
    contract = sign(draft(vendor))
    version = selling.version(selling.program(contract))
    claim = Claim.objects.create(
        contract=contract, last=date(2026, 9, 30), number=1, minor=5, currency="USD", due_on=TODAY, sent_at=now
    )
    ClaimLine.objects.create(
        claim=claim, practice_id=aurora.id, program=version.program, version=version, first=date(2026, 7, 1),
        last=date(2026, 9, 30), base_minor=100, cents=5,
    )  # fmt: skip
    with pytest.raises(Conflict, match="claimed until September 30, 2026"):
        end_contract(contract_id=contract.pk, ends_on=date(2026, 9, 29))
    end_contract(contract_id=contract.pk, ends_on=date(2026, 9, 30))


def test_one_that_is_not_there_is_not_found(vendor):
    for act in (
        lambda: draft_contract(vendor_id=uuid7(), **TERMS),
        lambda: change_contract(contract_id=uuid7(), **TERMS),
        lambda: sign_contract(contract_id=uuid7(), today=TODAY, **HANDS),
        lambda: end_contract(contract_id=uuid7(), ends_on=TODAY),
    ):
        with pytest.raises(NotFound):
            act()


def offer(contract, sku, begins_on, ends_on):
    item = selling.item(contract.vendor, sku)
    return Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=begins_on, ends_on=ends_on)
