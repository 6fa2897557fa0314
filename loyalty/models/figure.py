from django.db import models
from django.db.models import Q

from core.models import Row


class Figure(Row):
    """The practice's own figure for one metric and month. A metric without a source or with n = 0 has no row.

    Written by loyalty.benchmarks.contribute from loyalty.metrics.figure.Figure, which says what the columns mean.
    """

    metric = models.CharField(max_length=40)
    definition_version = models.PositiveSmallIntegerField()
    month = models.DateField(help_text="First day of the month that the rolling window ends with.")
    numerator = models.FloatField()
    denominator = models.PositiveIntegerField()
    n = models.PositiveIntegerField(help_text="What was counted: patients, visits or answers.")
    value = models.FloatField()
    low = models.FloatField(null=True, blank=True, help_text="95 % interval")
    high = models.FloatField(null=True, blank=True, help_text="Null where nothing bounds it.")
    patients = models.PositiveIntegerField(help_text="The people behind it.")
    design_effect = models.FloatField(default=1, help_text="How much wider repeat patients make the variance.")
    detractors = models.PositiveIntegerField(default=0, help_text="Of a net promoter score.")
    computed_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="Raised by each correction.")
    why = models.CharField(max_length=200, blank=True, default="", db_default="", help_text="Of a later version.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "month"], name="figure_once"),
            models.CheckConstraint(name="figure_corrected_why", condition=Q(version=1) | ~Q(why="")),
            models.CheckConstraint(name="figure_n_positive", condition=Q(n__gte=1)),
            models.CheckConstraint(name="figure_month_first", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.month:%Y-%m}"


class FormerFigure(Row):
    """What a closed month said before it was corrected: the version, and what was counted in it.

    replaced_at: when the next version took its place, or the figure became absent. why: what was different then.
    """

    metric = models.CharField(max_length=40)
    definition_version = models.PositiveSmallIntegerField()
    month = models.DateField()
    version = models.PositiveSmallIntegerField()
    value = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    numerator = models.FloatField()
    denominator = models.PositiveIntegerField()
    n = models.PositiveIntegerField()
    computed_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(name="former_figure_why", condition=~Q(why=""))]
        indexes = [models.Index(fields=["metric", "-month", "-version"], name="former_figure_by_month")]

    def __str__(self) -> str:
        return f"{self.metric} {self.month:%Y-%m} v{self.version}"
