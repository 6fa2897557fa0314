from django.db import models
from django.db.models import Q

from billing.models.account import BillingAccount
from core.models import Row


class Notice(Row):
    """Something that a practice's owners and managers are told by mail, once. about: a subscription or an invoice."""

    class Kind(models.TextChoices):
        TRIAL_ENDING = "trial_ending", "The trial ends soon"
        PAYMENT_FAILED = "payment_failed", "A payment failed"
        READ_ONLY = "read_only", "The practice is read-only"
        ENDED = "ended", "The plan has ended"

    account = models.ForeignKey(BillingAccount, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=60)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_kind_known",
                condition=Q(kind__in=["trial_ending", "payment_failed", "read_only", "ended"]),
            ),
            models.UniqueConstraint(fields=["account", "kind", "about"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
