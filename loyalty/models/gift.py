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
        constraints = [
            models.CheckConstraint(name="gift_named", condition=~Q(what="")),
            models.CheckConstraint(name="gift_has_a_value", condition=Q(value_cents__gte=1)),
        ]
        indexes = [models.Index(fields=["patient", "given_on"], name="gift_by_patient")]

    def __str__(self) -> str:
        return str(self.id)


# What federal rules take for a small gift: of no more than this much each, and no more than that in a calendar year.
FEDERAL_GIFT_CENTS, FEDERAL_YEAR_CENTS = 1500, 7500


class GiftLimits(Row):
    """What this practice allows; without the row the federal limits hold for everybody.

    gift_cents, year_cents: for patients in a federal program, or where that is not known; never above the federal ones.
    no_program_…: for those known to be in none.
    """

    is_the_one = models.BooleanField(default=True, editable=False)
    gift_cents = models.PositiveIntegerField(default=FEDERAL_GIFT_CENTS)
    year_cents = models.PositiveIntegerField(default=FEDERAL_YEAR_CENTS)
    no_program_gift_cents = models.PositiveIntegerField(default=FEDERAL_GIFT_CENTS)
    no_program_year_cents = models.PositiveIntegerField(default=FEDERAL_YEAR_CENTS)

    class Meta:
        verbose_name_plural = "gift limits"
        constraints = [
            models.UniqueConstraint(fields=["is_the_one"], name="gift_limits_once"),
            models.CheckConstraint(name="gift_limits_one_row", condition=Q(is_the_one=True)),
            models.CheckConstraint(
                name="gift_limits_within_federal",
                condition=Q(gift_cents__lte=FEDERAL_GIFT_CENTS, year_cents__lte=FEDERAL_YEAR_CENTS),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
