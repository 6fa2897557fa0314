"""A signed contract gets a last day, or an earlier one. What was bought and earned until then stays."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing.purchasing.contracts.listed import locked_contract
from billing.purchasing.models import ClaimLine, Contract, Offer
from billing.purchasing.rebates.jobs import accrue_all_again
from core import audit
from core.errors import Conflict, DomainError


def end_contract(*, contract_id: UUID, ends_on: date) -> Contract:
    """ends_on: the last day on which it holds. Its offers end with it, and those that had not begun are gone.

    Raises DomainError for the day, Conflict not_signed or period_claimed, NotFound.
    """
    with transaction.atomic():
        contract = locked_contract(contract_id)
        if contract.signed_on is None:
            raise Conflict("not_signed", "It is not signed, so there is nothing to end. Change its days instead.")
        if ends_on < contract.begins_on:
            raise DomainError("ends_before_it_begins", "The last day is before the first one.", field="ends_on")
        if contract.ends_on is not None and ends_on > contract.ends_on:
            raise DomainError(
                "ends_later", "It was signed to end earlier. To go on, draft the next contract.", field="ends_on"
            )
        claimed = ClaimLine.objects.filter(claim__contract=contract, last__gt=ends_on).order_by("-last").first()
        if claimed is not None:
            raise Conflict(
                "period_claimed",
                f"Rebates were claimed until {claimed.last:%B %-d, %Y}. Choose that day or a later one.",
                field="ends_on",
            )
        contract.ends_on = ends_on
        contract.save()
        Offer.objects.filter(contract=contract, begins_on__gt=ends_on).delete()
        Offer.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on), contract=contract).update(
            ends_on=ends_on
        )
        audit.record("contract.ended", subject=contract, detail={"on": ends_on.isoformat()})
        accrue_all_again(vendor_id=contract.vendor_id, since=ends_on)
    return contract
