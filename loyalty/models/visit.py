"""Before and during the visit: visits, promises."""

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Followed, Row
from loyalty.models.patient import Patient


class VisitStatus(models.TextChoices):
    BOOKED = "booked", "Booked"
    CONFIRMED = "confirmed", "Confirmed"
    ARRIVED = "arrived", "Here"
    COMPLETED = "completed", "Completed"
    NO_SHOW = "no_show", "No-show"
    CANCELLED = "cancelled", "Cancelled"


OPEN_STATUSES = (VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED)


class VisitSource(models.TextChoices):
    BOOKED = "booked", "Booked"
    WALK_IN = "walk_in", "Walked in"
    IMPORT = "import", "Imported"


class Visit(Followed, Row):
    """An appointment through its life. `day` is its date in the location's time zone: what lists and metrics use."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="visits")
    location = models.ForeignKey("loyalty.Location", on_delete=models.PROTECT, related_name="visits")
    staff = models.ForeignKey("loyalty.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    service = models.ForeignKey(
        "loyalty.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.BOOKED)
    source = models.CharField(max_length=10, choices=VisitSource, default=VisitSource.BOOKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField()
    booked_at = models.DateTimeField(null=True, blank=True, help_text="Null where it was not recorded.")
    arrived_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    brief_read_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # So that whoever comes second is told who was first. Null for imports and for people who are not staff.
    status_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_history = models.BooleanField(default=False, help_text="Imported from before the practice went live.")
    reason = models.CharField(max_length=200, blank=True, help_text="The service in the words of an import.")
    external_id = models.CharField(max_length=200, blank=True, help_text="By which an import finds it again.")

    class Meta:
        constraints = [
            one_of("status", VisitStatus, table="visit"),
            one_of("source", VisitSource, table="visit"),
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="visit_external_once"),
            models.CheckConstraint(
                name="visit_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="visit_completed_when", condition=~Q(status="completed") | Q(completed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="visit_cancelled_when", condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["day", "starts_at"], name="visit_by_day"),
            models.Index(fields=["patient", "day"], name="visit_by_patient"),
            models.Index(fields=["status", "written_in", "id"], name="visit_by_status"),
            models.Index(fields=["written_in", "id"], name="visit_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


class VisitIdentifier(Row):
    """A program's own id of the visit: several where it names the appointment and what became of it apart."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=200)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "value"], name="visit_identifier_once")]

    def __str__(self) -> str:
        return str(self.id)


class Promise(Row):
    """Something told to the patient before the visit; after it the patient says whether it happened."""

    class Kept(models.TextChoices):
        YES = "yes", "Kept"
        PARTLY = "partly", "Partly"
        NO = "no", "Not kept"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept = models.CharField(max_length=6, choices=Kept, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="promise_kept_known", condition=Q(kept__in=["", "yes", "partly", "no"])),
            models.CheckConstraint(
                name="promise_answer_dated",
                condition=(Q(kept="") & Q(answered_at__isnull=True)) | (~Q(kept="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
