"""What patients may ask of their record by law: to correct it, and to restrict who is told."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient

# 60 days, and 30 more where the delay was explained.
MOST_DAYS = timedelta(days=90)


class RequestKind(models.TextChoices):
    AMENDMENT = "amendment", "Correct the record"
    RESTRICTION = "restriction", "Restrict who is told"


class RequestState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DENIED = "denied", "Denied"
    # Of a restriction only: 45 CFR 164.522(a)(2).
    ENDED = "ended", "Ended"


class Recipient(models.TextChoices):
    """From whom a restriction keeps the record."""

    VENDORS = "vendors", "Vendors, partners and other programs"
    HEALTH_PLAN = "health_plan", "Their health plan"
    FAMILY = "family", "Family and friends"
    ANYBODY = "anybody", "Anybody outside of the practice"


class DenialBasis(models.TextChoices):
    """Why a correction may be denied: 45 CFR 164.526(a)(2)."""

    NOT_OURS = "not_ours", "We did not create this part of the record"
    NOT_IN_RECORD = "not_in_record", "It is not part of the record"
    NOT_ACCESSIBLE = "not_accessible", "The law does not let them see this part"
    ACCURATE = "accurate", "The record is accurate and complete"
    # A restriction may be denied for any reason, but for one: see the constraint.
    CANNOT_KEEP = "cannot_keep", "We could not keep this promise"


class RecordRequest(Row):
    """One request. due_on: 60 days after it was received, or up to 30 more where the delay was explained in writing.

    basis, answer_text: why it was denied, or what was done. disagreement: what the patient wrote against a denial.
    paid_in_full: a visit that they paid for themselves must be kept from their health plan.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="record_requests")
    kind = models.CharField(max_length=11, choices=RequestKind)
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN)
    text = models.TextField(help_text="What they ask for, in their words.")
    source = models.CharField(max_length=120, help_text="How it reached us: “a letter”, “told the front desk”.")
    recipient = models.CharField(max_length=11, choices=Recipient, blank=True)
    paid_in_full = models.BooleanField(default=False)
    received_on = models.DateField()
    due_on = models.DateField()
    noted_by = models.UUIDField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_because = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=14, choices=DenialBasis, blank=True)
    answer_text = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="When the patient was given the answer.")
    disagreement = models.TextField(blank=True)
    disagreed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            one_of("kind", RequestKind, table="record_request"),
            one_of("state", RequestState, table="record_request"),
            one_of("recipient", Recipient, table="record_request", blank=True),
            one_of("basis", DenialBasis, table="record_request", blank=True),
            models.CheckConstraint(name="record_request_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="record_request_recipient",
                condition=(Q(kind="restriction") & ~Q(recipient="")) | (Q(kind="amendment") & Q(recipient="")),
            ),
            models.CheckConstraint(
                name="record_request_due",
                condition=Q(due_on__gt=F("received_on")) & Q(due_on__lte=F("received_on") + MOST_DAYS),
            ),
            models.CheckConstraint(
                name="record_request_extended",
                condition=(Q(extended_on__isnull=True) & Q(extended_because=""))
                | (Q(extended_on__isnull=False) & ~Q(extended_because="")),
            ),
            models.CheckConstraint(
                name="record_request_answered",
                condition=(Q(state="open") & Q(answered_on__isnull=True))
                | (~Q(state="open") & Q(answered_on__isnull=False) & ~Q(answer_text="")),
            ),
            models.CheckConstraint(name="record_request_denied_why", condition=~Q(state="denied") | ~Q(basis="")),
            # 45 CFR 164.522(a)(1)(vi).
            models.CheckConstraint(
                name="record_request_paid_in_full",
                condition=~Q(state="denied", kind="restriction", recipient="health_plan", paid_in_full=True),
            ),
            models.CheckConstraint(
                name="record_request_disagreed",
                condition=(Q(disagreement="") & Q(disagreed_on__isnull=True))
                | (~Q(disagreement="") & Q(disagreed_on__isnull=False) & Q(state="denied", kind="amendment")),
            ),
            models.CheckConstraint(
                name="record_request_ended",
                condition=(~Q(state="ended") & Q(ended_on__isnull=True) & Q(ended_because=""))
                | (Q(state="ended", kind="restriction") & Q(ended_on__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="record_request_open", condition=Q(state="open")),
            models.Index(fields=["patient"], name="record_request_patient"),
        ]

    def __str__(self) -> str:
        return str(self.id)
