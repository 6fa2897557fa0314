"""The contracts of the network."""

from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from billing.purchasing.models import Contract
from core.errors import Conflict, NotFound


def all_contracts() -> QuerySet[Contract]:
    """With their vendors: those that wait for a signature first, then by the day they begin, the newest first.

    Without what was made up for sandboxes.
    """
    waits = ExpressionWrapper(Q(signed_on__isnull=True), output_field=BooleanField())
    return (
        Contract.objects.filter(vendor__made_up=False)
        .select_related("vendor")
        .order_by(waits.desc(), "-begins_on", "vendor__name")
    )


def in_force(day: date, prefix: str = "") -> Q:
    """Of contracts, or of what leads to one by `prefix`: signed, and `day` lies between their days."""
    return (
        Q(**{f"{prefix}signed_on__isnull": False, f"{prefix}begins_on__lte": day})
        & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day}))
    )  # fmt: skip


def contracts_on(day: date) -> QuerySet[Contract]:
    """Those in force that day, with their vendors, by the vendor's name."""
    return Contract.objects.filter(in_force(day)).select_related("vendor").order_by("vendor__name", "name", "pk")


def currency_of(vendor_id: UUID) -> str:
    """What a vendor's invoices to members are in: that of its newest contract."""
    newest = Contract.objects.filter(vendor=vendor_id).order_by("-begins_on").first()
    return newest.currency if newest else "USD"


def one_contract(contract_id: UUID) -> Contract:
    """With its vendor. Raises NotFound."""
    return _found(Contract.objects.select_related("vendor"), contract_id)


def locked_contract(contract_id: UUID) -> Contract:
    """For a change, in a transaction: nobody signs it meanwhile. Raises NotFound."""
    return _found(Contract.objects.select_related("vendor").select_for_update(of=("self",)), contract_id)


def check_unsigned(contract: Contract) -> None:
    """Raises Conflict contract_signed."""
    if contract.signed_on is not None:
        raise Conflict("contract_signed", "This contract is signed. End it, and draft the next one with the new terms.")


def _found(contracts: QuerySet[Contract], contract_id: UUID) -> Contract:
    contract = contracts.filter(pk=contract_id).first()
    if contract is None:
        raise NotFound("contract_missing", "There is no such contract.")
    return contract
