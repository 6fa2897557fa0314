"""What the network is told of how habits go with return. Django knows it through loyalty.benchmarks.models."""

from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.benchmarks.rules import FEWEST_CONTRIBUTORS


class Association(Row):
    """How one habit goes with return over the practices of a released month. Shown to the network's people alone.

    rule: empty when it is shown; else what hides it. r, low, high: a rank correlation and its limits of 95 %.
    contributors: whose figures it rests on, as plain ids; what the next one is compared with, and no face shows it.
    """

    habit = models.CharField(max_length=40)
    month = models.DateField()
    rule = models.CharField(max_length=40, blank=True)
    contributors_floor = models.PositiveIntegerField(null=True, blank=True)
    r = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    contributors = models.JSONField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["habit", "month"], name="association_once"),
            models.CheckConstraint(
                name="association_shown_or_hidden",
                condition=Q(
                    rule="",
                    contributors_floor__gte=FEWEST_CONTRIBUTORS,
                    r__range=(-1, 1),
                    low__range=(-1, 1),
                    high__range=(-1, 1),
                )
                | (
                    ~Q(rule="")
                    & Q(contributors_floor__isnull=True, r__isnull=True, low__isnull=True, high__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.habit} {self.month:%Y-%m}"
