from django.db import models
from django.db.models import Q

from billing.purchasing.models.claim import Claim
from core.constraints import one_of
from core.models import Row


class Way(models.TextChoices):
    MAIL = "mail", "By email"
    PORTAL = "portal", "Through the vendor’s own site"
    POST = "post", "By post"
    OTHER = "other", "Another way"


class DeliveryState(models.TextChoices):
    """waiting: asked for. sending: a mail server has it, and has not answered. unclear: it may have gone out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCLEAR = "unclear"


class ClaimDelivery(Row):
    """That a claim reached its vendor, or was to: by our mail with the file attached, or as somebody noted; and that
    the vendor was reminded of it.

    to: the address, or who received it. day: on which it went out, null until it did. reply_to: of who asked for the
    mail, where the vendor's answer goes. failure: a code of the mail server. sending_at: when it was given to
    it. reminds: of a reminder, the Monday of the week in which it was asked for; null for the claim itself.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=8, choices=Way)
    to = models.CharField(max_length=254)
    state = models.CharField(max_length=8, choices=DeliveryState)
    by = models.CharField(max_length=120)
    reply_to = models.CharField(max_length=254, blank=True)
    day = models.DateField(null=True, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)
    reminds = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            one_of("way", Way, table="claim_delivery"),
            one_of("state", DeliveryState, table="claim_delivery"),
            # Two presses, two people, two jobs: one mail.
            models.UniqueConstraint(
                fields=["claim", "to"],
                condition=Q(way="mail", reminds__isnull=True, state__in=["waiting", "sending", "sent"]),
                name="claim_mailed_once",
            ),
            models.UniqueConstraint(
                fields=["claim", "reminds"],
                condition=Q(reminds__isnull=False, state__in=["waiting", "sending", "sent"]),
                name="claim_reminded_once_a_week",
            ),
            models.CheckConstraint(
                name="claim_delivery_reminds_by_mail",
                condition=Q(reminds__isnull=True) | Q(reminds__iso_week_day=1, way="mail"),
            ),
            models.CheckConstraint(name="claim_delivery_to_someone", condition=~Q(to="") & ~Q(by="")),
            models.CheckConstraint(
                name="claim_delivery_sent_on_a_day",
                condition=Q(state="sent", day__isnull=False) | ~Q(state="sent") & Q(day__isnull=True, way="mail"),
            ),
            models.CheckConstraint(
                name="claim_delivery_sending_since", condition=~Q(state="sending") | Q(sending_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=["waiting", "sending"]), name="claim_delivery_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.state}"
