"""A file of invoice lines, on its way into what a member bought."""

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Row


class FileState(models.TextChoices):
    OPEN = "open", "Its columns are to be checked"
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being read"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped"
    UNDONE = "undone", "Taken back"


class PurchaseFile(Row):
    """content: as it was uploaded; empty once it was forgotten. header: the names of its columns, in order.

    mapping: what we know → the place of the column that holds it. vendor_id: of the network's vendors.
    read: the last row that was read, so that work goes on there. rows: how many it has.
    """

    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    file_type = models.CharField(max_length=8)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    date_order = models.CharField(max_length=3, default="mdy")
    vendor_id = models.UUIDField()
    currency = models.CharField(max_length=3, default="USD")
    state = models.CharField(max_length=10, choices=FileState, default=FileState.OPEN)
    rows = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    failed_because = models.CharField(max_length=300, blank=True)
    by_person_id = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            one_of("state", FileState, table="purchase_file"),
            models.CheckConstraint(name="purchase_file_order_known", condition=Q(date_order__in=["mdy", "dmy"])),
            models.CheckConstraint(name="purchase_file_says_why", condition=~Q(state="failed") | ~Q(failed_because="")),
            models.CheckConstraint(
                name="purchase_file_counts",
                condition=Q(rows__gte=F("added") + F("already") + F("refused")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def done(self) -> int:
        """How many rows were read."""
        return self.added + self.already + self.refused


class RefusedRow(Row):
    """A row that was not taken in, and why."""

    of = models.ForeignKey(PurchaseFile, on_delete=models.CASCADE, related_name="refusals")
    row = models.PositiveIntegerField(help_text="As a spreadsheet numbers it, from 1.")
    reason = models.CharField(max_length=400)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="refused_row_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"
