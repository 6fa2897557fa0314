"""The closed loop on an unhappy answer: who sees to it, until when, what was done, and that the patient knows."""

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.feedback import Feedback
from loyalty.models.patient import Patient


class Recovery(Row):
    """due_at: when the next step is due; at first, by when somebody gets in touch.

    joined_to: the recovery of the same patient that was open when this one's answer came. They are worked as one.
    untold_because: why it was closed although the patient was not told.
    """

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="recovery")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="recoveries")
    joined_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="joined")
    owner = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True, blank=True)
    done_text = models.TextField(blank=True, help_text="What was done.")
    patient_told_at = models.DateTimeField(null=True, blank=True)
    untold_because = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recovered = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(
                name="recovery_closed_complete",
                condition=Q(closed_at__isnull=True)
                | (
                    Q(recovered__isnull=False)
                    & ~Q(done_text="")
                    & (Q(patient_told_at__isnull=False) | ~Q(untold_because=""))
                ),
            ),
            models.CheckConstraint(name="recovery_not_into_itself", condition=~Q(joined_to=F("id"))),
        ]
        indexes = [
            models.Index(fields=["patient"], name="recovery_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["due_at", "id"], name="recovery_due", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["-closed_at", "-id"], name="recovery_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StepKind(models.TextChoices):
    ATTEMPT = "attempt", "Tried, without reaching them"
    CALL = "call", "Called"
    MESSAGE = "message", "Wrote to them"
    IN_PERSON = "in_person", "Spoke in person"
    VISIT = "visit", "Offered a visit"
    REFUND = "refund", "Offered money back"
    CHANGE = "change", "Changed how we work"
    OPENED = "opened", "Opened"
    ANSWER = "answer", "Another answer came"
    OWNER = "owner", "Handed over"
    TOLD = "told", "Told the patient"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


# What somebody writes down themselves, always with words; the rest comes of the other verbs.
BY_HAND = (
    StepKind.ATTEMPT,
    StepKind.CALL,
    StepKind.MESSAGE,
    StepKind.IN_PERSON,
    StepKind.VISIT,
    StepKind.REFUND,
    StepKind.CHANGE,
)


class RecoveryStep(Row):
    """One line of a recovery's log. It is added to, never rewritten: a second closing note stands beside the first.

    to: who owns the recovery from then on, of a handing over only.
    """

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="steps")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=StepKind)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            one_of("kind", StepKind, table="recovery_step"),
            models.CheckConstraint(
                name="recovery_step_says_what", condition=~Q(kind__in=[kind.value for kind in BY_HAND]) | ~Q(text="")
            ),
        ]
        indexes = [models.Index(fields=["recovery", "at"], name="recovery_step_log")]

    def __str__(self) -> str:
        return str(self.id)
