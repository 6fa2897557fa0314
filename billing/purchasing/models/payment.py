from django.db import models
from django.db.models import Q

from billing.purchasing.models.claim import Claim, ClaimLine
from core.models import Row


class VendorPayment(Row):
    """Money of a vendor that came in for a claim. Never changed; a mistake is set right by a further one."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    minor = models.BigIntegerField()
    day = models.DateField()
    reference = models.CharField(max_length=80, help_text="As it stands on the bank statement.")
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "reference"], name="vendor_payment_once"),
            models.CheckConstraint(name="vendor_payment_of_something", condition=~Q(minor=0) & ~Q(reference="")),
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentShare(Row):
    """What one member gets of a payment: a claim that is paid in part is paid to all in the same part."""

    payment = models.ForeignKey(VendorPayment, on_delete=models.PROTECT, related_name="shares")
    of = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="shares")
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "of"], name="payment_share_once")]

    def __str__(self) -> str:
        return str(self.cents)


class WriteOff(Row):
    """What will not be paid of a claim any more, and why: its members read it."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="write_off")
    minor = models.BigIntegerField()
    why = models.CharField(max_length=200)
    day = models.DateField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.CheckConstraint(name="write_off_says_why", condition=~Q(why="") & ~Q(minor=0))]

    def __str__(self) -> str:
        return self.why
