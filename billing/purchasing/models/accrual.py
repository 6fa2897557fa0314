from django.db import models
from django.db.models import F, Q

from billing.purchasing.models.program import ProgramVersion, RebateProgram
from core.models import Row
from tenants.models import Practice


class Accrual(Row):
    """What a member earned so far of one program in one period: worked out anew from its lines, never typed.

    base_minor: what counted; base_units: the same in units, null where the program looks at none. tier: from 0; null
    below the first. to_next_minor or, of tiers in units, to_next_units: what is missing to the next tier; null at the
    top, and where saying it would tell what the others bought.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(RebateProgram, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ProgramVersion, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    base_minor = models.BigIntegerField()
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    cents = models.BigIntegerField()
    to_next_minor = models.BigIntegerField(null=True, blank=True)
    base_units = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    to_next_units = models.BigIntegerField(null=True, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "program", "first"], name="accrual_once"),
            models.CheckConstraint(name="accrual_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="accrual_not_negative", condition=Q(cents__gte=0)),
            models.CheckConstraint(
                name="accrual_missing_in_one_measure",
                condition=Q(to_next_units__isnull=True) | Q(to_next_minor__isnull=True, base_units__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.cents}"


class GroupTotal(Row):
    """What all members together bought of a program's items in one period. Nobody's practice reads it.

    told_minor: the total as members may know it, of the last month that ended: it and what was added since the one
    before pass the rule of totals (core.totals), so nobody's part can be worked out. Null while it does not.
    """

    program = models.ForeignKey(RebateProgram, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    total_minor = models.BigIntegerField()
    told_minor = models.BigIntegerField(null=True, blank=True)
    told_to = models.DateField(null=True, blank=True, help_text="The last day of that month.")
    told_parts = models.JSONField(default=dict, help_text="What each member had of it: the next one is compared with.")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "first"], name="group_total_once")]

    def __str__(self) -> str:
        return f"{self.first} {self.total_minor}"
