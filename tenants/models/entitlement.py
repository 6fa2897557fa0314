from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from tenants.models.practice import Practice


class Capability(models.TextChoices):
    """What a plan gives more or less of. People are none: a limit on sign-ins makes people share them."""

    LOCATIONS = "locations", "Locations"
    TABLETS = "tablets", "Checkout tablets"
    TEXTS = "texts", "Texts a month"
    PROGRAMS = "programs", "Connected programs"
    HOLDOUTS = "holdouts", "Hold-outs at once"


class Entitlement(Row):
    """How much of one thing a practice may have. most: None for as many as it likes, 0 for none at all."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="entitlements")
    capability = models.CharField(max_length=20, choices=Capability)
    most = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("capability", Capability, table="entitlement"),
            models.UniqueConstraint(fields=["practice", "capability"], name="entitlement_once"),
            models.CheckConstraint(
                name="entitlement_most_not_negative", condition=Q(most__isnull=True) | Q(most__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capability}: {'no limit' if self.most is None else self.most}"
