"""A contract before it is signed: written down, and changed as long as nobody has signed."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from billing.purchasing.contracts.fee import checked_fee
from billing.purchasing.contracts.listed import check_unsigned, locked_contract
from billing.purchasing.models import Contract
from billing.purchasing.sentences import refusals
from billing.purchasing.vendors.listed import one_vendor
from billing.purchasing.words import needed
from core import audit
from core.errors import Conflict, DomainError
from core.money import DIGITS


class Terms(TypedDict):
    """fee: a value of Fee; fee_rate: a share, 0.03 at most; fee_minor: a year, in minor units of `currency`."""

    number: str
    name: str
    currency: str
    begins_on: date
    ends_on: date | None
    fee: str
    fee_rate: Decimal | None
    fee_minor: int | None


def draft_contract(*, vendor_id: UUID, **terms: Unpack[Terms]) -> Contract:
    """Raises DomainError for a field, Conflict contract_exists for a number that this vendor has, NotFound."""
    contract = Contract(vendor=one_vendor(vendor_id))
    _write(contract, terms, verb="contract.drafted")
    return contract


def change_contract(*, contract_id: UUID, **terms: Unpack[Terms]) -> Contract:
    """Raises as `draft_contract`, and Conflict contract_signed."""
    with transaction.atomic():
        contract = locked_contract(contract_id)
        check_unsigned(contract)
        if contract.currency != terms["currency"] and (contract.offers.exists() or contract.programs.exists()):
            raise Conflict(
                "contract_priced",
                "Its offers and rebates are in the old currency. Draft another one.",
                field="currency",
            )
        _write(contract, terms, verb="contract.changed")
    return contract


def _write(contract: Contract, terms: Terms, *, verb: str) -> None:
    ends_on = terms["ends_on"]
    contract.number = needed(terms["number"], what="The number", field="number", most=60)
    contract.name = needed(terms["name"], what="The name", field="name", most=160)
    if terms["currency"] not in DIGITS:
        raise DomainError("currency_unknown", f"Choose one of {', '.join(DIGITS)}.", field="currency")
    if ends_on is not None and ends_on < terms["begins_on"]:
        raise DomainError("ends_before_it_begins", "The last day is before the first one.", field="ends_on")
    fee = checked_fee(kind=terms["fee"], rate=terms["fee_rate"], minor=terms["fee_minor"])
    contract.currency, contract.begins_on, contract.ends_on = terms["currency"], terms["begins_on"], ends_on
    contract.fee, contract.fee_rate, contract.fee_minor = fee.kind, fee.rate, fee.minor
    taken = Conflict("contract_exists", "This vendor has a contract of that number already.", field="number")
    with refusals({"contract_number_once": taken}):
        contract.save()
        audit.record(verb, subject=contract, detail={"vendor": contract.vendor_id})
