from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.models.patient import Patient


class TagChange(Row):
    """One tag was put on, or taken off, many patients at once; those whom it changed stand in TaggedPatient."""

    tag = models.CharField(max_length=40)
    added = models.BooleanField(help_text="False: taken off.")
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="tag_change_named", condition=~Q(tag=""))]

    def __str__(self) -> str:
        return str(self.id)


class TaggedPatient(models.Model):
    """A patient whose tags a change really changed. The key is made by the database: thousands are written at once."""

    change = models.ForeignKey(TagChange, on_delete=models.CASCADE, related_name="changed")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "patient"], name="tagged_patient_once")]

    def __str__(self) -> str:
        return str(self.pk)
