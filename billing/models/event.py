from django.db import models
from django.db.models import Q


class StripeEvent(models.Model):
    """What Stripe told us, once, as it was sent. Nothing in it is believed: whom it is about is read from Stripe anew.

    id: Stripe's own. customer: whom it names. parked: whom it names is nobody of
    ours; it is looked at again each night. told_at: when the network's admins were told that it is.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPLIED = "applied", "Applied"
        PARKED = "parked", "About a customer that we do not know"
        NOTHING = "nothing", "About nothing of ours"

    id = models.CharField(max_length=80, primary_key=True)
    type = models.CharField(max_length=100)
    customer = models.CharField(max_length=60, blank=True)
    raw = models.BinaryField()
    created_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="stripeevent_id_shape", condition=Q(id__regex=r"^evt_[A-Za-z0-9_]+$")),
            models.CheckConstraint(
                name="stripeevent_state_known", condition=Q(state__in=["waiting", "applied", "parked", "nothing"])
            ),
            models.CheckConstraint(
                name="stripeevent_settled_has_a_time", condition=Q(state="waiting") | Q(settled_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], name="stripeevent_waiting", condition=Q(state__in=["waiting", "parked"])
            ),
            models.Index(fields=["-received_at"], name="stripeevent_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
