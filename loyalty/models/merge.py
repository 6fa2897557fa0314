"""Two records of one person become one, for thirty days with a way back; or two people are told apart."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from core.models import Row
from loyalty.models.patient import Patient


class Merge(Row):
    """`merged` became part of `patient`, the survivor. `undone_at`: when it was taken back."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once"),
            models.CheckConstraint(
                name="merge_undone_after", condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at"))
            ),
        ]
        indexes = [models.Index(fields=["-at", "id"], name="merge_newest")]

    def __str__(self) -> str:
        return str(self.id)


class MergeStep(Row):
    """One thing that a merge did to one row, so that undo takes back this and nothing else.

    model: "loyalty.visit". field: the column that was changed; of a row that was made or removed, "".
    before, after: its values as JSON; of a removed row, before is the row.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", "Given to the survivor"
        CHANGED = "changed", "Changed"
        MADE = "made", "Made"
        REMOVED = "removed", "Removed"

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    model = models.CharField(max_length=80)
    row_id = models.CharField(max_length=40)
    field = models.CharField(max_length=63, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["merge", "position"]
        constraints = [
            models.CheckConstraint(
                name="mergestep_kind_known", condition=Q(kind__in=["moved", "changed", "made", "removed"])
            ),
            models.UniqueConstraint(fields=["merge", "position"], name="mergestep_position_once"),
        ]
        indexes = [models.Index(fields=["row_id"], name="mergestep_by_row", condition=Q(kind="made"))]

    def __str__(self) -> str:
        return str(self.id)


class ToldApart(Row):
    """Somebody looked at two records that resemble each other and said: two people. They are not suggested again."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="told_apart")
    other = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "told apart"
        constraints = [
            # Whichever stands first, a pair is one.
            models.UniqueConstraint(Least("patient", "other"), Greatest("patient", "other"), name="told_apart_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
