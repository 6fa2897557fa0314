from django.db import models
from django.db.models import Q

from core.models import Row
from loyalty.models.patient import Patient


class Gift(Row):
    """A small thing given to a patient; limits per gift and per year are checked against this ledger."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="gifts")
    what = models.CharField(max_length=120)
    value_cents = models.PositiveIntegerField()
    given_on = models.DateField()
    given_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    occasion = models.ForeignKey(
        "loyalty.Occasion", on_delete=models.SET_NULL, null=True, blank=True, related_name="gifts"
    )

    class Meta:
        constraints = [models.CheckConstraint(name="gift_named", condition=~Q(what=""))]
        indexes = [models.Index(fields=["patient", "given_on"], name="gift_by_patient")]

    def __str__(self) -> str:
        return str(self.id)
