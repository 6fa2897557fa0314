from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.constraints import one_of
from core.models import Row
from tenants.models.practice import PracticeType, SizeBand


class Application(Row):
    """A practice that asks to join. Of the network's own records: never a word about a patient.

    new: waits for an answer. invited: the practice is opened and its owner is invited. opened: the owner has accepted
    the agreements. declined: the network said no, with a mail.
    """

    class Status(models.TextChoices):
        NEW = "new", "New"
        INVITED = "invited", "Owner invited"
        OPENED = "opened", "Open"
        DECLINED = "declined", "Declined"

    practice_name = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=64)
    practice_type = models.CharField(max_length=20, choices=PracticeType)
    size_band = models.CharField(max_length=10, choices=SizeBand)
    hopes = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    practice = models.OneToOneField(
        "tenants.Practice", on_delete=models.SET_NULL, null=True, blank=True, related_name="application"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True, help_text="What the mail that declined it said besides its own words.")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="application_status_known", condition=Q(status__in=["new", "invited", "opened", "declined"])
            ),
            one_of("practice_type", PracticeType, table="application"),
            one_of("size_band", SizeBand, table="application"),
            models.CheckConstraint(
                name="application_decided_by_somebody",
                condition=Q(status="new", decided_at__isnull=True, decided_by="")
                | (~Q(status="new") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="application_unopened_has_no_practice",
                condition=Q(status__in=["invited", "opened"]) | Q(practice__isnull=True),
            ),
            models.UniqueConstraint(Lower("email"), condition=Q(status="new"), name="application_waits_once"),
        ]
        indexes = [models.Index(fields=["status", "-created_at"], name="application_by_status")]

    def __str__(self) -> str:
        return self.practice_name
