"""A vendor paid. What is paid in part is paid to every member in the same part; the rest stays open."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from billing.ledger.book import On, book
from billing.ledger.models import AccountKind, EntryKind
from billing.purchasing.models import Claim, ClaimLine, Contract, PaymentShare, VendorPayment
from billing.purchasing.payments.open_claim import left_of_lines, standing
from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from core.money import Money, allocate
from core.violated import violated


def record_payment(
    *, claim_id: UUID, minor: int, day: date, reference: str, by_name: str, now: datetime
) -> VendorPayment:
    """minor: of the claim's currency, negative for what the network paid back. reference: as on the bank statement.

    Raises NotFound; DomainError (amount, day, reference); Conflict for a reference that was recorded for this claim.
    """
    reference = given_text(reference, what="The reference", field="reference", limit=80)
    if not reference:
        raise DomainError("payment_reference", "Write the reference of the bank statement.", field="reference")
    if day > now.date():
        raise DomainError("payment_day", "That day has not come yet.", field="day")
    with transaction.atomic():
        claim = locked_claim(claim_id)
        if day < claim.sent_at.date():
            message = f"The claim was sent on {claim.sent_at:%B %-d, %Y}. Give the day that the money came in."
            raise DomainError("payment_day", message, field="day")
        _check(minor, claim)
        lines = {one.pk: one for one in ClaimLine.objects.filter(claim=claim).select_related("claim")}
        left = left_of_lines(claim)
        parts = dict(zip(left, allocate(minor, list(left.values())), strict=True))
        try:
            with transaction.atomic():
                payment = VendorPayment.objects.create(
                    claim=claim, minor=minor, day=day, reference=reference, recorded_by=by_name
                )
        except IntegrityError as error:
            if violated(error) != "vendor_payment_once":
                raise
            message = f"A payment with the reference {reference} is recorded for this claim already."
            raise Conflict("payment_twice", message, field="reference") from None
        PaymentShare.objects.bulk_create(
            PaymentShare(payment=payment, of=lines[id], cents=cents) for id, cents in parts.items()
        )
        members: dict[UUID, int] = {}
        for id, cents in parts.items():
            members[lines[id].practice_id] = members.get(lines[id].practice_id, 0) + cents
        book(
            EntryKind.PAYMENT,
            payment.pk,
            [
                On(AccountKind.BANK, minor),
                On(AccountKind.VENDOR_OWES, -minor, vendor_id=claim.contract.vendor_id),
                *(On(AccountKind.MEMBER_CLAIMED, cents, member_id=one) for one, cents in members.items()),
                *(On(AccountKind.MEMBER_OWED, -cents, member_id=one) for one, cents in members.items()),
            ],
            currency=claim.currency,
            day=day,
        )
        audit.record("payment.recorded", subject=payment, detail={"claim": claim.pk, "minor": minor})
    return payment


def locked_claim(claim_id: UUID) -> Claim:
    """Its contract is held until the transaction ends: of a claim itself nothing ever changes. Raises NotFound."""
    claim = Claim.objects.select_related("contract").filter(pk=claim_id).first()
    if claim is None:
        raise NotFound("claim_missing", "There is no such claim.")
    Contract.objects.select_for_update().get(pk=claim.contract_id)
    return claim


def _check(minor: int, claim: Claim) -> None:
    left = standing(claim).left
    if not left:
        raise DomainError("claim_settled", "Nothing is open of this claim any more.", field="minor")
    if not minor or (minor < 0) != (left < 0):
        way = "came in" if left > 0 else "was paid back, with a minus"
        raise DomainError("payment_amount", f"Give the amount that {way}.", field="minor")
    if abs(minor) > abs(left):
        raise DomainError(
            "payment_too_much",
            f"Only {Money(left, claim.currency)} is open of this claim. Record the rest with the claim that it is for.",
            field="minor",
        )
