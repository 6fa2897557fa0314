"""What other systems write and read: answers that were given, and in which transaction a row was written."""

from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.models.patient import Patient


class PartnerAnswer(Row):
    """What a program was answered to a write, so that the same write sent again is answered so again.

    Kept for two days. `patient`: whom the body is about; it goes with them.
    """

    application_id = models.UUIDField()
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.SmallIntegerField(default=0, help_text="0 while the write's own transaction runs.")
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application_id", "key"], name="partner_answer_once"),
            models.CheckConstraint(name="partner_answer_has_key", condition=~Q(key="")),
        ]
        indexes = [models.Index(fields=["created_at"], name="partner_answer_by_age")]

    def __str__(self) -> str:
        return str(self.id)
