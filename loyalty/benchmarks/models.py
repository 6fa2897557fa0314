"""What leaves a practice's schema (contributions) and what the network publishes of it (releases)."""

from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.benchmarks.rules import FEWEST_CONTRIBUTORS, SMALLEST_DENOMINATOR
from tenants.models import Practice


class Contribution(Row):
    """One practice's aggregate for one metric and month: the only thing that leaves its schema.

    computed_at: when it last changed; computing the same figure again leaves it. A revision counts changes by it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    metric = models.CharField(max_length=40)
    definition_version = models.PositiveSmallIntegerField()
    month = models.DateField(help_text="First day of the month that the rolling window ends with.")
    numerator = models.FloatField()
    denominator = models.PositiveIntegerField()
    n = models.PositiveIntegerField(help_text="The people behind it: eleven visits of one patient are one person.")
    value = models.FloatField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "metric", "month"], name="contribution_once"),
            models.CheckConstraint(
                name="contribution_large_enough",
                condition=Q(denominator__gte=SMALLEST_DENOMINATOR, n__gte=SMALLEST_DENOMINATOR),
            ),
            models.CheckConstraint(name="contribution_month_first", condition=Q(month__day=1)),
        ]
        indexes = [models.Index(fields=["metric", "month"], name="contribution_by_month")]

    def __str__(self) -> str:
        return f"{self.metric} {self.month:%Y-%m}"


class MonthClose(Row):
    """A month that was closed: its contributions are final and its releases are made."""

    month = models.DateField(unique=True)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="close_month_first", condition=Q(month__day=1))]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class CohortKind(models.TextChoices):
    ALL = "all", "All practices"
    SIZE = "size", "Same size"
    REGION = "region", "Same region"


class Release(Row):
    """The published network benchmark of one metric, cohort and month, after disclosure control.

    Immutable: a trigger refuses update and delete, a correction is a new version.
    rule: empty when published; else the key of the disclosure rule that hid it.
    contributors_floor: the number of contributors rounded down to 5, null when hidden.
    """

    metric = models.CharField(max_length=40)
    definition_version = models.PositiveSmallIntegerField()
    cohort_kind = models.CharField(max_length=8, choices=CohortKind)
    cohort = models.CharField(max_length=60, blank=True, help_text="Size band or region; empty for all.")
    month = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    rule = models.CharField(max_length=40, blank=True)
    contributors_floor = models.PositiveIntegerField(null=True, blank=True)
    p10 = models.FloatField(null=True, blank=True)
    p25 = models.FloatField(null=True, blank=True)
    p50 = models.FloatField(null=True, blank=True)
    p75 = models.FloatField(null=True, blank=True)
    p90 = models.FloatField(null=True, blank=True)
    released_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True, help_text="What a later version corrects.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "cohort_kind", "cohort", "month", "version"], name="release_once"
            ),
            models.CheckConstraint(name="release_kind_known", condition=Q(cohort_kind__in=["all", "size", "region"])),
            models.CheckConstraint(name="release_month_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="release_published_or_hidden",
                condition=Q(
                    rule="",
                    contributors_floor__gte=FEWEST_CONTRIBUTORS,
                    p10__isnull=False,
                    p25__isnull=False,
                    p50__isnull=False,
                    p75__isnull=False,
                    p90__isnull=False,
                )
                | (
                    ~Q(rule="")
                    & Q(
                        contributors_floor__isnull=True,
                        p10__isnull=True,
                        p25__isnull=True,
                        p50__isnull=True,
                        p75__isnull=True,
                        p90__isnull=True,
                    )
                ),
            ),
        ]
        indexes = [models.Index(fields=["month", "cohort_kind", "cohort"], name="release_by_month")]

    def __str__(self) -> str:
        return f"{self.metric} {self.cohort_kind} {self.cohort} {self.month:%Y-%m} v{self.version}"


class Basis(Row):
    """Whose contributions a published release rests on; what disclosure control compares the next ones with.

    No practice's role may read it, and no face shows it. Practices are kept as plain ids and without their values, so
    that a practice that left or was erased still counts as a member of the sets that were published with it.
    contributors: practice id → when its contribution had last changed (ISO 8601).
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="basis")
    contributors = models.JSONField()

    class Meta:
        verbose_name_plural = "bases"

    def __str__(self) -> str:
        return str(self.release_id)
