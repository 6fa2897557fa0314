"""A table that somebody brought from another system: the upload, what is to be done with it, and what it did."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient
from loyalty.models.visit import Visit


class ImportKind(models.TextChoices):
    PATIENTS = "patients", "Patients"
    VISITS = "visits", "Visits"
    BUNDLE = "bundle", "Patients and visits"


class ImportState(models.TextChoices):
    ASKING = "asking", "Has questions"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked"
    WAITING = "waiting", "Waits for another"
    RUNNING = "running", "Running"
    DONE = "done", "Imported"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"


# A job works on these.
WORKING = (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)


class Import(Row):
    """One upload. Rows are counted as a spreadsheet counts them: the first row is 1, whatever it holds.

    header_row: where the names of the columns stand; 0: the file has none; None: nobody said yet. mapping: for each
    column of the file what it becomes, "" for nothing. asks: questions that are still open. position: the last row
    of the file that the present work is done with; it is written in the transaction of that work, and so are the
    counts. moments: `updated_at` of everything that this import wrote, batch by batch. known_as: the name of the
    system the file came from, under which its ids are kept. by_application_id: the program that brought it, whose own
    ids it may hold.
    """

    kind = models.CharField(max_length=8, choices=ImportKind)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.ASKING)
    file_name = models.CharField(max_length=200)
    file_type = models.CharField(max_length=4)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    sheets = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    header_row = models.PositiveSmallIntegerField(null=True, blank=True)
    header = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    mapping = ArrayField(models.CharField(max_length=24, blank=True), default=list, blank=True)
    asks = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    known_as = models.CharField(max_length=60, blank=True)
    date_order = models.CharField(max_length=3, blank=True)
    location = models.ForeignKey("loyalty.Location", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_person_id = models.UUIDField(null=True, blank=True)
    by_application_id = models.UUIDField(null=True, blank=True)

    rows = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    remarked = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    moments = ArrayField(models.DateTimeField(), default=list, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    file_gone_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            one_of("kind", ImportKind, table="import"),
            one_of("state", ImportState, table="import"),
            models.CheckConstraint(name="import_date_order_known", condition=Q(date_order__in=["", "mdy", "dmy"])),
            # Two at once would both find the same patients missing.
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="import_one_at_a_time"),
            models.CheckConstraint(
                name="import_started_when",
                condition=~Q(state__in=["running", "done", "undoing", "undone"]) | Q(started_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="import_newest")]

    def __str__(self) -> str:
        return str(self.id)


class ImportPiece(Row):
    """A part of the upload, byte for byte; all but the last have the same size."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_piece_once")]

    def __str__(self) -> str:
        return str(self.id)


class ImportIssue(Row):
    """What is wrong with a row. lands: the row is imported without the part that is named."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="issues")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    lands = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["of", "row"], name="import_issue_by_row")]

    def __str__(self) -> str:
        return str(self.id)


class ImportedRow(Row):
    """What an import did to one record, so that it can be undone: a patient, or a visit where one is named.

    before: the columns that were changed, as they were; None for a record that the import made. left_at: `updated_at`
    as the import left it: a record that shows another one was touched since.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="imported")
    row = models.PositiveIntegerField()
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    before = models.JSONField(null=True, blank=True)
    left_at = models.DateTimeField()
    kept = models.BooleanField(default=False)

    class Meta:
        # A patient may stand here twice: two that one import made can be merged later.
        constraints = [
            models.UniqueConstraint(
                fields=["of", "visit"], condition=Q(visit__isnull=False), name="imported_visit_once"
            ),
        ]
        indexes = [models.Index(fields=["of", "patient"], name="imported_by_patient")]

    def __str__(self) -> str:
        return str(self.id)
