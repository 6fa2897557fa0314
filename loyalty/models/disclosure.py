from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.models.patient import Patient


class Disclosure(Row):
    """Something of a patient's record was given to somebody else: 45 CFR 164.528 wants it accounted for six years.

    History: the database refuses to change or delete a row. One that was wrong is struck out, with the reason.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="disclosures")
    on = models.DateField()
    to_whom = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, help_text="Of whom it was given to, if known.")
    what = models.CharField(max_length=500)
    purpose = models.CharField(max_length=500)
    by_person_id = models.UUIDField(null=True, blank=True)
    by_export = models.BooleanField(default=False, help_text="Written down by the export of a record.")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.CharField(max_length=300, blank=True)
    struck_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="disclosure_whole", condition=~Q(to_whom="") & ~Q(what="") & ~Q(purpose="")),
            models.CheckConstraint(
                name="disclosure_struck",
                condition=(Q(struck_at__isnull=True) & Q(struck_because=""))
                | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
            ),
        ]
        indexes = [models.Index(fields=["patient", "-on"], name="disclosure_newest")]

    def __str__(self) -> str:
        return str(self.id)
