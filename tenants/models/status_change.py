from django.db import models
from django.db.models import Q

from core.ids import uuid7


class StatusChange(models.Model):
    """A practice was suspended, opened again or left, its owner asked to, its records went: why, by whom, when.

    practice_id, person_id: plain ids, so that the history outlives whom it names. note: about the membership only.
    """

    class Change(models.TextChoices):
        SUSPENDED = "suspended", "Suspended"
        REACTIVATED = "reactivated", "Opened again"
        LEFT = "left", "Left the network"
        LEAVE_ASKED = "leave_asked", "Asked to leave"
        ERASED = "erased", "Records destroyed"

    class Reason(models.TextChoices):
        ASKED = "asked", "The practice asked for it"
        UNPAID = "unpaid", "A bill was not paid"
        AGREEMENT = "agreement", "An agreement was broken or ended"
        SECURITY = "security", "To protect data or people"
        CLOSED = "closed", "The practice closed or was sold"
        SETTLED = "settled", "The reason is settled"
        UNUSED = "unused", "The software is not used"
        ELSEWHERE = "elsewhere", "Another group or system serves better"
        AGREED = "agreed", "As the agreement says"
        OTHER = "other", "Another reason"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice_id = models.UUIDField()
    change = models.CharField(max_length=12, choices=Change)
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    person_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statuschange_change_known",
                condition=Q(change__in=["suspended", "reactivated", "left", "leave_asked", "erased"]),
            ),
            models.CheckConstraint(
                name="statuschange_reason_known",
                condition=Q(
                    reason__in=[
                        "asked", "unpaid", "agreement", "security", "closed",
                        "settled", "unused", "elsewhere", "agreed", "other",
                    ]
                ),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["practice_id", "at"], name="statuschange_of_practice")]

    def __str__(self) -> str:
        return f"{self.change} {self.at:%Y-%m-%d}"
