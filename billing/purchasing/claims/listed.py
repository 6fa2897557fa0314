"""What waits to be claimed, and the claims that were sent with what is open of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from billing.purchasing.models import Accrual, Claim, ClaimLine, Contract, VendorPayment, WriteOff
from billing.purchasing.payments.open_claim import Standing
from core.errors import NotFound
from core.money import Money


@dataclass(frozen=True, slots=True)
class ToClaim:
    """Of one contract and the periods that end on one day; as of the last time it was worked out."""

    contract: Contract
    last: date
    members: int
    total: Money


def to_claim(today: date) -> list[ToClaim]:
    """Of periods that are over, the oldest first. In the control plane."""
    claimed: dict[tuple[UUID, UUID, date], int] = {}
    for practice_id, program_id, last, sum_ in (
        ClaimLine.objects.values_list("practice_id", "program_id", "last").annotate(sum=Sum("cents")).order_by()
    ):
        claimed[practice_id, program_id, last] = int(sum_)
    found: dict[tuple[UUID, date], tuple[set[UUID], int]] = {}
    rows = Accrual.objects.filter(last__lt=today, program__contract__signed_on__isnull=False).values_list(
        "practice_id", "program_id", "last", "program__contract", "cents"
    )
    for practice_id, program_id, last, contract_id, cents in rows:
        if left := cents - claimed.get((practice_id, program_id, last), 0):
            members, total = found.get((contract_id, last), (set(), 0))
            found[contract_id, last] = (members | {practice_id}, total + left)
    contracts = Contract.objects.select_related("vendor").in_bulk({contract_id for contract_id, _ in found})
    waiting = [
        ToClaim(contracts[contract_id], last, len(members), Money(total, contracts[contract_id].currency))
        for (contract_id, last), (members, total) in found.items()
    ]
    return sorted(waiting, key=lambda one: (one.last, one.contract.vendor.name, one.contract.name))


def open_claims() -> list[Standing]:
    """All that are not settled, the newest first, with their contracts and vendors."""
    return [_stands(claim) for claim in _with_left(settled=False)]


def settled_claims(*, most: int) -> list[Standing]:
    """The newest first."""
    return [_stands(claim) for claim in _with_left(settled=True)[:most]]


def _with_left(*, settled: bool) -> QuerySet[Any]:
    """`paid`, `off` and `left` of each, minor units. The newest first."""
    paid = VendorPayment.objects.filter(claim=OuterRef("pk")).order_by().values("claim").annotate(sum=Sum("minor"))
    off = WriteOff.objects.filter(claim=OuterRef("pk")).values("minor")
    found = (
        Claim.objects.select_related("contract__vendor")
        .annotate(paid=Coalesce(Subquery(paid.values("sum")), 0, output_field=BigIntegerField()))
        .annotate(off=Coalesce(Subquery(off), 0, output_field=BigIntegerField()))
        .annotate(left=F("minor") - F("paid") - F("off"))
        .order_by("-sent_at", "-pk")
    )
    return found.filter(left=0) if settled else found.exclude(left=0)


def _stands(claim: Any) -> Standing:
    return Standing(claim, int(claim.paid), int(claim.off))


def one_claim(claim_id: UUID) -> Claim:
    """With its contract and vendor. Raises NotFound."""
    claim = Claim.objects.select_related("contract__vendor").filter(pk=claim_id).first()
    if claim is None:
        raise NotFound("claim_missing", "There is no such claim.")
    return claim
