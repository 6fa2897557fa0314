"""Asking a promoter for their story."""

from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.models.patient import Patient


class StoryAsk(Row):
    """A promoter is asked to tell their story in their own words, by a call; what they said to that."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Will tell it"
        DECLINED = "declined", "Would rather not"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="story_asks")
    call = models.OneToOneField(
        "loyalty.Touchpoint", on_delete=models.SET_NULL, null=True, blank=True, related_name="story_ask"
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_to = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="story_ask_answer_known", condition=Q(answer__in=["", "agreed", "declined"])),
            models.CheckConstraint(
                name="story_ask_answer_dated",
                condition=(Q(answer="") & Q(answered_at__isnull=True)) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["patient", "-planned_at"], name="story_ask_newest")]

    def __str__(self) -> str:
        return str(self.id)
