"""Asking, and listening: requests, answers, recoveries."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient


class FeedbackMode(models.TextChoices):
    KIOSK = "kiosk", "Checkout tablet"
    LINK = "link", "Link"
    STAFF = "staff", "Taken down by staff"


class FeedbackRequest(Row):
    """A patient was asked how a visit was. Those who do not answer count in the response rate."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="feedback_requests")
    visit = models.ForeignKey(
        "loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="feedback_requests"
    )
    mode = models.CharField(max_length=6, choices=FeedbackMode)
    asked_at = models.DateTimeField()
    day = models.DateField(help_text="Of asking, in the location's time zone.")
    is_history = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("mode", FeedbackMode, table="request"),
            models.UniqueConstraint(
                fields=["visit", "mode"], condition=Q(visit__isnull=False), name="request_once_a_mode"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="request_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class Elsewhere(models.TextChoices):
    NO = "no", "Only here"
    SOMETIMES = "sometimes", "Sometimes elsewhere"
    MOSTLY = "mostly", "Mostly elsewhere"


class Feedback(Row):
    """A private survey answer. Only the first question must be answered."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="feedback")
    visit = models.ForeignKey("loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="feedback")
    request = models.OneToOneField(FeedbackRequest, on_delete=models.CASCADE, related_name="answer")
    mode = models.CharField(max_length=6, choices=FeedbackMode)
    score = models.PositiveSmallIntegerField(help_text="0-10: how likely to recommend us.")
    liked = models.TextField(blank=True)
    better = models.TextField(blank=True)
    worth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1-5: worth what you paid.")
    elsewhere = models.CharField(max_length=10, choices=Elsewhere, blank=True)
    answered_at = models.DateTimeField()
    day = models.DateField(help_text="Of the answer, in the location's time zone.")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(name="feedback_score_range", condition=Q(score__range=(0, 10))),
            models.CheckConstraint(
                name="feedback_worth_range", condition=Q(worth__isnull=True) | Q(worth__range=(1, 5))
            ),
            one_of("mode", FeedbackMode, table="feedback"),
            one_of("elsewhere", Elsewhere, table="feedback", blank=True),
        ]
        indexes = [
            models.Index(fields=["day"], name="feedback_by_day"),
            models.Index(fields=["patient", "-answered_at"], name="feedback_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_promoter(self) -> bool:
        return self.score >= 9

    @property
    def is_detractor(self) -> bool:
        return self.score <= 6


class Recovery(Row):
    """The closed loop on a detractor's feedback."""

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="recovery")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="recoveries")
    owner = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True, blank=True)
    done_text = models.TextField(blank=True, help_text="What was done.")
    patient_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    recovered = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(
                name="recovery_closed_complete",
                condition=Q(closed_at__isnull=True)
                | (Q(recovered__isnull=False) & ~Q(done_text="") & Q(patient_told_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["patient"], name="recovery_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)
