from django.db import models
from django.db.models import Q

from core.models import Row


class Reconciliation(Row):
    """One comparison of what we keep with what Stripe says. found: each difference as a sentence, without names."""

    began_at = models.DateTimeField()
    accounts = models.PositiveIntegerField()
    found = models.JSONField(default=list, blank=True)
    failed = models.PositiveIntegerField(default=0, help_text="Accounts that Stripe did not answer for.")
    healed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="reconciliation_failed_within", condition=Q(failed__lte=models.F("accounts")))
        ]
        indexes = [models.Index(fields=["-began_at"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}: {len(self.found)}"
