"""Texts and emails to patients: what may be said, what was, and who must not be written to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Channel, ContactPoint, Patient
from loyalty.models.remembered import ConsentPurpose


class TemplateKind(models.TextChoices):
    """What a template is for; its purpose follows from it (loyalty.messages.purposes)."""

    CONFIRMATION = "confirmation", "Visit is booked"
    PREVIEW = "preview", "What to expect"
    FEEDBACK = "feedback", "How was it"
    REVIEW = "review", "Asking for a public review"
    NEWS = "news", "News of the practice"


class MessageTemplate(Row):
    """Words for many patients. `version` counts its changes: a message keeps the one it was made from."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=TemplateKind)
    channel = models.CharField(max_length=10, choices=Channel)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "channel", "name"]
        constraints = [
            one_of("kind", TemplateKind, table="template"),
            models.CheckConstraint(name="template_channel_sends", condition=Q(channel__in=["text", "email"])),
            models.CheckConstraint(name="template_says_something", condition=~Q(body="") & ~Q(name="")),
            models.CheckConstraint(
                name="template_email_has_a_subject", condition=Q(channel="text", subject="") | ~Q(subject="")
            ),
            models.UniqueConstraint(fields=["name"], name="template_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MessageState(models.TextChoices):
    QUEUED = "queued", "On its way"
    HELD = "held", "Held"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNCLEAR = "unclear", "Perhaps sent"
    FAILED = "failed", "Not delivered"
    REFUSED = "refused", "Not sent"
    CANCELLED = "cancelled", "Called off"


WAITING = (MessageState.QUEUED, MessageState.HELD)
WENT_OUT = (MessageState.SENDING, MessageState.SENT, MessageState.UNCLEAR)


class Message(Row):
    """One text or email to one patient, or to a minor's guardian, through its life.

    rule: what holds, refused, failed or called it off (a code of loyalty.messages.rules).
    address, subject, body: as they go out; they never leave this schema but to the one they are for.
    not_before: when it may go out next. attempts: tries at the provider.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="messages")
    visit = models.ForeignKey("loyalty.Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    visit_at = models.DateTimeField(null=True, blank=True, help_text="When the visit was, as the message says.")
    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT, related_name="+")
    template_version = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=12, choices=ConsentPurpose)
    to_guardian = models.BooleanField(default=False)
    address = models.CharField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    rule = models.CharField(max_length=40, blank=True)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)
    by_person_id = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When nothing more can happen to it.")

    class Meta:
        constraints = [
            one_of("state", MessageState, table="message"),
            one_of("purpose", ConsentPurpose, table="message"),
            models.CheckConstraint(name="message_channel_sends", condition=Q(channel__in=["text", "email"])),
            models.CheckConstraint(
                name="message_stopped_by_a_rule",
                condition=~Q(state__in=["held", "refused", "failed", "cancelled", "unclear"]) | ~Q(rule=""),
            ),
            models.CheckConstraint(name="message_sent_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
            models.CheckConstraint(
                name="message_claimed_when", condition=~Q(state="sending") | Q(claimed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="message_goes_somewhere", condition=Q(state__in=["refused", "cancelled"]) | ~Q(address="")
            ),
            models.UniqueConstraint(
                fields=["provider_id"], condition=~Q(provider_id=""), name="message_provider_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-queued_at"], name="message_by_patient"),
            models.Index(fields=["-queued_at", "id"], name="message_log"),
            models.Index(
                fields=["not_before"], name="message_waiting", condition=Q(state__in=["queued", "held", "sending"])
            ),
            models.Index(fields=["address_hash"], name="message_by_address"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SuppressionReason(models.TextChoices):
    STOP = "stop", "Replied STOP"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
    ASKED = "asked", "Asked us to stop"
    UNREACHABLE = "unreachable", "The address does not work"


class Suppression(Row):
    """An address that gets nothing, whoever's it is: kept by fingerprint, so that import, merge and erasure keep it.

    Never deleted, and changed once: when it is lifted, with who, why and, after a STOP, the patient's new consent.
    """

    kind = models.CharField(max_length=5, choices=ContactPoint.Kind)
    address_hash = models.CharField(max_length=64)
    veiled = models.CharField(max_length=254, help_text="Enough to tell two apart: “ends in 48”.")
    reason = models.CharField(max_length=12, choices=SuppressionReason)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_person_id = models.UUIDField(null=True, blank=True)
    lifted_because = models.CharField(max_length=200, blank=True)
    consent = models.ForeignKey("loyalty.Consent", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="suppression_kind_known", condition=Q(kind__in=["phone", "email"])),
            one_of("reason", SuppressionReason, table="suppression"),
            models.CheckConstraint(
                name="suppression_lifted_for_a_reason", condition=Q(lifted_at__isnull=True) | ~Q(lifted_because="")
            ),
            models.UniqueConstraint(
                fields=["kind", "address_hash"], condition=Q(lifted_at__isnull=True), name="suppression_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OptOutLink(Row):
    """What an unsubscribe link names in an address's place: the link itself says nothing about anybody."""

    kind = models.CharField(max_length=5, choices=ContactPoint.Kind)
    address_hash = models.CharField(max_length=64)
    veiled = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address_hash"], name="opt_out_link_once")]

    def __str__(self) -> str:
        return str(self.id)


class ReplyMeaning(models.TextChoices):
    STOP = "stop", "Stop"
    START = "start", "Start again"
    HELP = "help", "Help"
    OTHER = "other", "For a person"


class Reply(Row):
    """A text that came in. provider_id: the provider may deliver it twice, it is taken once. answer: what we said."""

    provider_id = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    address_hash = models.CharField(max_length=64)
    patients = ArrayField(models.UUIDField(), default=list, help_text="Whose number it was when it came.")
    body = models.TextField(blank=True)
    meaning = models.CharField(max_length=5, choices=ReplyMeaning)
    answer = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["provider_id"], name="reply_once"),
            one_of("meaning", ReplyMeaning, table="reply"),
        ]
        indexes = [models.Index(fields=["-received_at", "id"], name="reply_newest")]

    def __str__(self) -> str:
        return str(self.id)


class TextNumber(Row):
    """The number that this practice's texts come from, and that patients answer to. There is one or none."""

    number = models.CharField(max_length=16)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="text_number_only_one", condition=Q(only=True)),
            models.CheckConstraint(name="text_number_shape", condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$")),
        ]

    def __str__(self) -> str:
        return self.number
