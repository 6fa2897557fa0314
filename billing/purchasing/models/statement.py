from django.db import models
from django.db.models import F, Q

from billing.purchasing.models.payment import PaymentShare
from core.models import Row
from tenants.models import Practice


class NettingChoice(Row):
    """A practice chose that its subscription is taken from its rebates, or took that back. The newest one counts."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    nets = models.BooleanField()
    chosen_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "-at"], name="netting_choice_newest")]

    def __str__(self) -> str:
        return "nets" if self.nets else "does not net"


class Statement(Row):
    """What a practice earned, was paid and paid in one quarter, as the network approved it. Never changed.

    paid_minor: rebates that vendors paid in it. netted_minor: of these, taken for the subscription. payout_minor: the
    rest, sent to the practice. content: the lines as they were that day, amounts in minor units.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    currency = models.CharField(max_length=3)
    paid_minor = models.BigIntegerField()
    netted_minor = models.PositiveBigIntegerField()
    payout_minor = models.BigIntegerField()
    content = models.JSONField()
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "first"], name="statement_once"),
            models.CheckConstraint(name="statement_days_in_order", condition=Q(last__gt=F("first"))),
            models.CheckConstraint(
                name="statement_adds_up", condition=Q(paid_minor=F("netted_minor") + F("payout_minor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}"


class StatementLine(Row):
    """A payment that a statement settles: each of them once."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    share = models.OneToOneField(PaymentShare, on_delete=models.PROTECT, related_name="settled")

    def __str__(self) -> str:
        return str(self.share_id)


class StatementMail(Row):
    """That a practice's owners and managers are told of a statement by mail, once."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="mail")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="statement_mail_waiting")
        ]

    def __str__(self) -> str:
        return str(self.statement_id)
