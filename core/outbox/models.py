from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Event(models.Model):
    """Something that happened to one record. Its number is the order of delivery among events of that record.

    ids: further ids and codes, never words. next_try_at: when it is due. parked_at: given up after many tries; later
    events of its record go on.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    record_kind = models.CharField(max_length=40)
    record_id = models.UUIDField()
    ids = models.JSONField()
    happened_at = models.DateTimeField(db_default=Now())
    next_try_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(db_default=0)
    failure = models.CharField(
        max_length=100, db_default="", blank=True, help_text="The kind of error of the last try."
    )
    delivered_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "outbox_event"
        constraints = [
            models.CheckConstraint(name="outbox_kind_shape", condition=Q(kind__regex=r"^[a-z_]+[.][a-z_]+$")),
            models.CheckConstraint(
                name="outbox_one_end", condition=Q(delivered_at__isnull=True) | Q(parked_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "number"],
                name="outbox_due",
                condition=Q(delivered_at__isnull=True, parked_at__isnull=True),
            ),
            models.Index(
                fields=["record_id", "number"],
                name="outbox_of_record",
                condition=Q(delivered_at__isnull=True, parked_at__isnull=True),
            ),
            models.Index(fields=["delivered_at"], name="outbox_delivered", condition=Q(delivered_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
