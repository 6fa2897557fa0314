"""What was reported to the practice, month by month."""

from django.db import models

from core.models import Row


class MonthlyReport(Row):
    """The report of one month, as it was when it was made. Totals of the practice alone: nothing about a patient.

    content: loyalty.reports.content.Content.
    """

    month = models.DateField(unique=True)
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [models.CheckConstraint(name="report_month_first", condition=models.Q(month__day=1))]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
