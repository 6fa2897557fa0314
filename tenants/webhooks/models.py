from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.ids import uuid7
from core.models import Row


class OffWhy(models.TextChoices):
    BY_HAND = "by_hand", "Switched off here"
    FAILING = "failing", "Two days without an answer"
    GONE = "gone", "It said that nobody listens there any more"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not delivered"
    WITHHELD = "withheld", "Held back"


class WebhookEndpoint(Row):
    """An address of a partner's program, for as long as the grant that it was added under.

    kinds: names of event types. secret, old_secret: encrypted; both sign until `old_secret_until`. failures: tries in a
    row that came to nothing; rests_until: after some of those. served_until, served_by: the worker that has it now.
    """

    grant_id = models.UUIDField()
    application_id = models.UUIDField()
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=60))
    secret = models.TextField()
    secret_changed_at = models.DateTimeField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_why = models.CharField(max_length=10, choices=OffWhy, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When people were told that it was switched off.")
    last_success_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    served_until = models.DateTimeField(null=True, blank=True)
    served_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["grant_id", "url"], name="webhookendpoint_one_of_an_address"),
            models.CheckConstraint(name="webhookendpoint_url_shape", condition=Q(url__regex=r"^https?://[!-~]+$")),
            models.CheckConstraint(name="webhookendpoint_told_something", condition=Q(kinds__len__gt=0)),
            models.CheckConstraint(name="webhookendpoint_has_a_secret", condition=~Q(secret="")),
            models.CheckConstraint(
                name="webhookendpoint_old_secret_ends",
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | (~Q(old_secret="") & Q(old_secret_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhookendpoint_off_says_why",
                condition=Q(off_at__isnull=True, off_why="") | (Q(off_at__isnull=False) & Q(off_why__in=OffWhy.values)),
            ),
            models.CheckConstraint(
                name="webhookendpoint_served_by_one",
                condition=Q(served_until__isnull=True, served_by__isnull=True)
                | Q(served_until__isnull=False, served_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"endpoint {self.pk}"


class WebhookDelivery(models.Model):
    """One thing to tell one address. number: the order among those about one record. id: what the receiver knows it by.

    event_number: of the outbox; None for a test. queued_at: since when it is tried, anew after a replay.
    problem: a code; status: what the receiver answered, None where it did not.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event_number = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "event_number", "kind", "record_id"], name="webhookdelivery_once_of_an_event"
            ),
            models.CheckConstraint(name="webhookdelivery_kind_shape", condition=Q(kind__regex=r"^[a-z_]+[.][a-z_]+$")),
            models.CheckConstraint(name="webhookdelivery_state_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="webhookdelivery_ends_once",
                condition=Q(state=DeliveryState.WAITING, ended_at__isnull=True)
                | (~Q(state=DeliveryState.WAITING) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "record_id", "number"],
                name="webhookdelivery_waiting",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["endpoint", "next_try_at"], name="webhookdelivery_due", condition=Q(state=DeliveryState.WAITING)
            ),
            models.Index(fields=["endpoint", "-number"], name="webhookdelivery_newest"),
            models.Index(fields=["ended_at"], name="webhookdelivery_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
