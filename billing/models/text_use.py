from django.db import models

from core.models import Row
from tenants.models import Practice


class TextUse(Row):
    """One text that a practice on a paid plan sent. number: of the event in its outbox, so that none counts twice.

    lot: what it is told to Stripe with, and the identifier by which Stripe counts a lot once.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    sent_at = models.DateTimeField()
    lot = models.UUIDField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="textuse_once"),
            models.CheckConstraint(
                name="textuse_told_in_a_lot",
                condition=models.Q(told_at__isnull=True) | models.Q(lot__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "lot"], name="textuse_untold", condition=models.Q(told_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.number}"
