"""Both have signed: from now on members see the contract, and its terms stay as they are."""

from datetime import date
from uuid import UUID

from django.db import transaction

from billing.purchasing.contracts.listed import check_unsigned, locked_contract
from billing.purchasing.models import Contract
from billing.purchasing.rebates.jobs import accrue_all_again
from billing.purchasing.words import needed
from core import audit
from core.errors import DomainError


def sign_contract(
    *,
    contract_id: UUID,
    signed_on: date,
    signed_by: str,
    signed_for_vendor_by: str,
    fee_is_stated: bool,
    today: date,
) -> Contract:
    """fee_is_stated: somebody compared the fee with the paper, where it must stand.

    Raises DomainError for a field, Conflict contract_signed, NotFound.
    """
    ours = needed(signed_by, what="The name of who signed for the network", field="signed_by", most=120)
    theirs = needed(
        signed_for_vendor_by, what="The name of who signed for the vendor", field="signed_for_vendor_by", most=120
    )
    if signed_on > today:
        raise DomainError("signed_in_the_future", "That day has not come yet.", field="signed_on")
    if not fee_is_stated:
        raise DomainError(
            "fee_not_stated",
            "Look the fee up in the signed agreement. It must stand there as it stands here.",
            field="fee_is_stated",
        )
    with transaction.atomic():
        contract = locked_contract(contract_id)
        check_unsigned(contract)
        contract.signed_on, contract.signed_by, contract.signed_for_vendor_by = signed_on, ours, theirs
        contract.save()
        audit.record("contract.signed", subject=contract, detail={"vendor": contract.vendor_id, "fee": contract.fee})
        accrue_all_again(vendor_id=contract.vendor_id, since=contract.begins_on)
    return contract
