"""The network received its fee: each member's part is worked out once, and told to it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from billing.purchasing.models import Contract, Fee, FeeReceipt, FeeShare, PurchaseLine
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.money import Money, allocate
from core.violated import violated


def record_receipt(
    *, contract_id: UUID, first: date, last: date, minor: int, received_on: date, today: date
) -> FeeReceipt:
    """first, last: the days on which members bought what it is for. minor: of the contract's currency.

    Raises NotFound; DomainError for a contract without a fee, days or amounts that cannot be, more than the contract
    states; Conflict where it was recorded already.
    """
    contract = Contract.objects.filter(pk=contract_id, signed_on__isnull=False).first()
    if contract is None:
        raise NotFound("contract_missing", "There is no such contract.")
    if contract.fee == Fee.NONE:
        message = "This contract says that the network receives nothing. Sign one that states the fee first."
        raise DomainError("fee_none", message)
    if last < first:
        raise DomainError("fee_days", "The last day lies before the first.", field="last")
    if last > today or received_on > today:
        raise DomainError("fee_days", "That day has not come yet.", field="received_on" if last <= today else "last")
    if minor <= 0:
        raise DomainError("fee_amount", "Give the amount that came in.", field="minor")
    bought = _bought(contract, first, last)
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        _check_stated(contract, first, last, sum(bought.values()), minor)
        try:
            with transaction.atomic():
                receipt = FeeReceipt.objects.create(
                    contract=contract, first=first, last=last, minor=minor, received_on=received_on
                )
        except IntegrityError as error:
            if violated(error) != "fee_receipt_once":
                raise
            raise Conflict("fee_twice", "This fee is recorded already, of the same days and day.") from None
        members = sorted(bought)
        parts = allocate(minor, [bought[member] for member in members])
        FeeShare.objects.bulk_create(
            FeeShare(receipt=receipt, practice_id=member, base_minor=bought[member], cents=cents)
            for member, cents in zip(members, parts, strict=True)
        )
        audit.record("fee.recorded", subject=receipt, detail={"contract": contract.pk, "minor": minor})
    return receipt


def _bought(contract: Contract, first: date, last: date) -> dict[UUID, int]:
    """By member, what it bought of the vendor on the contract, net of returns and freight; only who bought more than
    it gave back."""
    ends = min(last, contract.ends_on) if contract.ends_on else last
    lines = PurchaseLine.objects.filter(
        vendor=contract.vendor_id,
        currency=contract.currency,
        day__range=(max(first, contract.begins_on), ends),
        is_freight=False,
    )
    sums = lines.values_list("practice_id").annotate(sum=Sum("amount_minor"))
    found = {member: int(sum) for member, sum in sums if sum > 0}
    if not found:
        raise DomainError(
            "fee_for_nothing", "No member bought anything on this contract in these days. Check them.", field="first"
        )
    return found


def _check_stated(contract: Contract, first: date, last: date, bought: int, minor: int) -> None:
    """More than the agreement states is not the network's to keep: what came before for the same days, or in the same
    year, counts."""
    before = FeeReceipt.objects.filter(contract=contract)
    if contract.fee_rate is not None:
        most = int(contract.fee_rate * bought)
        if minor + _sum(before.filter(first__lte=last, last__gte=first)) > most:
            raise DomainError(
                "fee_over_stated",
                f"The contract states {contract.fee_rate.normalize() * 100:f} % of what members bought, and they bought"
                f" {Money(bought, contract.currency)} in these days: {Money(most, contract.currency)} at most.",
                field="minor",
            )
    elif contract.fee_minor is not None and minor + _sum(before.filter(last__year=last.year)) > contract.fee_minor:
        raise DomainError(
            "fee_over_stated",
            f"The contract states {Money(contract.fee_minor, contract.currency)} a year. Record no more than that.",
            field="minor",
        )


def _sum(receipts: QuerySet[FeeReceipt]) -> int:
    return int(receipts.aggregate(sum=Sum("minor"))["sum"] or 0)
