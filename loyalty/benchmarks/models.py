"""What leaves a practice's schema (contributions) and what the network publishes of it (releases)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.benchmarks.association import Association as Association
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


class Decision(models.TextChoices):
    APPROVED = "approved", "Approved"
    HELD = "held", "Held"


class HoldReason(models.TextChoices):
    QUALITY = "quality", "Figures of some practices look wrong"
    MEMBERS = "members", "Practices are joining or leaving"
    CORRECTION = "correction", "A correction is on its way"
    OTHER = "other", "Something else"


class MonthDecision(Row):
    """The network approved a month before its day, or held it. Append-only; the latest one of a month counts."""

    month = models.DateField()
    kind = models.CharField(max_length=8, choices=Decision)
    reason = models.CharField(max_length=12, choices=HoldReason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="month_decision_month_first", condition=Q(month__day=1)),
            one_of("kind", Decision, table="month_decision"),
            one_of("reason", HoldReason, table="month_decision", blank=True),
            models.CheckConstraint(
                name="month_decision_hold_says_why",
                condition=Q(kind="held") & ~Q(reason="") | Q(kind="approved", reason="", note=""),
            ),
        ]
        indexes = [models.Index(fields=["month", "at"], name="month_decision_latest")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}"


class LastContribution(Row):
    """That a practice contributes, and up to which month: what the network may know of one member. Never a figure."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="last_contribution")
    month = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="last_contribution_month_first", condition=Q(month__day=1))]

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


class DataQuality(Row):
    """How far one practice's records of a month can be trusted; the network sees the share and the names, no count.

    share: of passed checks, in whole percent. failed: the keys of the others (loyalty.quality.checks).
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    share = models.PositiveSmallIntegerField()
    failed = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "month"], name="data_quality_once"),
            models.CheckConstraint(name="data_quality_share", condition=Q(share__lte=100)),
            models.CheckConstraint(
                name="data_quality_named", condition=Q(share=100, failed=[]) | (Q(share__lt=100) & ~Q(failed=[]))
            ),
            models.CheckConstraint(name="data_quality_month_first", condition=Q(month__day=1)),
        ]
        verbose_name_plural = "data qualities"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.share} %"


class DriftEstimate(Row):
    """What one practice's patients say of how patients drift: estimates of (log r, log k alpha, log a, log b), times in
    days, and their covariance row by row. Never how many patients they rest on (loyalty.drift.Contribution)."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="+")
    estimates = ArrayField(models.FloatField(), size=4)
    covariance = ArrayField(models.FloatField(), size=16)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="drift_estimate_whole", condition=Q(estimates__len=4, covariance__len=16)),
        ]

    def __str__(self) -> str:
        return str(self.practice_id)


class DriftPrior(Row):
    """The released distribution of practices' parameters: what a small practice's fit leans on.

    Immutable, as a release is: what is learned later is a new one. Of at least ten practices.
    """

    month = models.DateField(unique=True)
    mean = ArrayField(models.FloatField(), size=4)
    covariance = ArrayField(models.FloatField(), size=16)
    contributors_floor = models.PositiveIntegerField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="drift_prior_month_first", condition=Q(month__day=1)),
            models.CheckConstraint(name="drift_prior_enough", condition=Q(contributors_floor__gte=FEWEST_CONTRIBUTORS)),
            models.CheckConstraint(name="drift_prior_whole", condition=Q(mean__len=4, covariance__len=16)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class DriftPriorBasis(Row):
    """Whose estimates a released prior rests on; what the next one is compared with. No practice's role may read it.

    contributors: practice id → when its estimates had last changed (ISO 8601).
    """

    prior = models.OneToOneField(DriftPrior, on_delete=models.PROTECT, related_name="basis")
    contributors = models.JSONField()

    class Meta:
        verbose_name_plural = "drift prior bases"

    def __str__(self) -> str:
        return str(self.prior_id)
