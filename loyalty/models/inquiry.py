"""Before the first booking: somebody asks, and somebody calls them."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Followed, Row
from loyalty.models.patient import Patient


class FoundVia(models.TextChoices):
    FRIEND = "friend", "Somebody sent them"
    SEARCH = "search", "Searched the web"
    SOCIAL = "social", "Saw us on social media"
    PASSED_BY = "passed_by", "Passed by"
    DOCTOR = "doctor", "Another practice"
    EVENT = "event", "An event"
    OTHER = "other", "Something else"


class Inquiry(Followed, Row):
    """Someone who asked before booking; becomes a patient.

    guardian_name: of a minor's parent or guardian, "" for who is of age; phone and email are the guardian's then.
    due_at: when the next call is due, None where nothing is. first_called_at: when somebody first spoke with them.
    state: called from then on. closed_because: in words.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CALLED = "called", "Called"
        BECAME_PATIENT = "became_patient", "Became a patient"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    guardian_name = models.CharField(max_length=120, blank=True)
    found_via = models.CharField(max_length=10, choices=FoundVia, blank=True)
    referrer = models.ForeignKey(Patient, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    referrer_name = models.CharField(max_length=120, blank=True)
    wants = models.TextField(blank=True)
    expects = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    location = models.ForeignKey(
        "loyalty.Location", on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    first_called_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)
    patient = models.ForeignKey(Patient, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries")

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.CheckConstraint(
                name="inquiry_state_known", condition=Q(state__in=["open", "called", "became_patient", "closed"])
            ),
            one_of("found_via", FoundVia, table="inquiry", blank=True),
            models.CheckConstraint(name="inquiry_reachable", condition=~Q(phone="") | ~Q(email="")),
            models.CheckConstraint(
                name="inquiry_closed_why",
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
            ),
            models.CheckConstraint(
                name="inquiry_called_when", condition=~Q(state="called") | Q(first_called_at__isnull=False)
            ),
            models.CheckConstraint(
                name="inquiry_settled_not_due",
                condition=~Q(state__in=["became_patient", "closed"]) | Q(due_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="inquiry_open", condition=Q(state__in=["open", "called"])),
            models.Index(fields=["-asked_at", "-id"], name="inquiry_newest"),
            models.Index(fields=["written_in", "id"], name="inquiry_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_minor(self) -> bool:
        return bool(self.guardian_name)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.CALLED)


class CallOutcome(models.TextChoices):
    REACHED = "reached", "Reached"
    VOICEMAIL = "voicemail", "Left a voicemail"
    NO_ANSWER = "no_answer", "No answer"
    WRONG_NUMBER = "wrong_number", "Wrong number"


class InquiryCall(Row):
    """One call to somebody who asked. promised: what they were told would happen at their first visit."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="calls")
    outcome = models.CharField(max_length=12, choices=CallOutcome)
    at = models.DateTimeField()
    by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    notes = models.TextField(blank=True)
    promised = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [one_of("outcome", CallOutcome, table="inquiry_call")]
        indexes = [models.Index(fields=["inquiry", "at"], name="inquiry_call_log")]

    def __str__(self) -> str:
        return str(self.id)
