"""What is still open of a claim."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from billing.purchasing.models import Claim, PaymentShare, VendorPayment, WriteOff
from core.money import Money


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one claim, in minor units: what was paid, what was written off."""

    claim: Claim
    paid: int
    off: int

    @property
    def left(self) -> int:
        return self.claim.minor - self.paid - self.off

    @property
    def left_money(self) -> Money:
        return Money(self.left, self.claim.currency)

    @property
    def paid_money(self) -> Money:
        return Money(self.paid, self.claim.currency)


def standing(claim: Claim) -> Standing:
    paid = VendorPayment.objects.filter(claim=claim).aggregate(sum=Sum("minor"))["sum"] or 0
    off = WriteOff.objects.filter(claim=claim).values_list("minor", flat=True).first() or 0
    return Standing(claim, int(paid), int(off))


def left_of_lines(claim: Claim) -> dict[UUID, int]:
    """By line of the claim, what is not paid yet: written off or not. In an order that is always the same, because
    it says who gets the odd cent: ids of lines that were written at once are in none."""
    paid = dict(
        PaymentShare.objects.filter(of__claim=claim)
        .values_list("of")
        .annotate(sum=Sum("cents"))
        .values_list("of", "sum")
    )
    return {
        id: cents - int(paid.get(id, 0))
        for id, cents in claim.lines.order_by("practice", "program").values_list("pk", "cents")
    }
