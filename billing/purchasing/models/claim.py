from django.db import models
from django.db.models import F, Q

from billing.purchasing.models.contract import Contract
from billing.purchasing.models.program import ProgramVersion, RebateProgram
from billing.purchasing.models.purchase import PurchaseLine
from core.models import Row
from tenants.models import Practice


class Claim(Row):
    """What the network asks a vendor for, of one contract and the programs' periods that end on one day.

    number: the first of a period is 1; a later one claims what was found, or takes back what was returned, since.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="claims")
    last = models.DateField(help_text="The last day of the periods that it claims.")
    number = models.PositiveSmallIntegerField()
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["contract", "last", "number"], name="claim_once")]

    def __str__(self) -> str:
        return f"{self.last} no. {self.number}"


class ClaimLine(Row):
    """One member's part of a claim for one program. cents: what it earned less what was claimed of it before."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    program = models.ForeignKey(RebateProgram, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    base_minor = models.BigIntegerField()
    base_units = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "practice", "program"], name="claim_line_once"),
            models.CheckConstraint(name="claim_line_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="claim_line_something", condition=~Q(cents=0)),
        ]
        indexes = [models.Index(fields=["practice", "last"], name="claim_line_of_a_member")]

    def __str__(self) -> str:
        return f"{self.first} {self.cents}"


class ClaimedPurchase(Row):
    """The part of a claim that one line of an invoice stands for. It keeps that line from being taken out."""

    of = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="purchases")
    purchase = models.ForeignKey(PurchaseLine, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "purchase"], name="claimed_purchase_once")]

    def __str__(self) -> str:
        return str(self.cents)
