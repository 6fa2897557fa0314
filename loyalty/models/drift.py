"""Who is slipping away: what the model found, what it says of each patient, and whom the team leaves for now."""

from django.db import models
from django.db.models import F, Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient


class DriftFit(Row):
    """What a night's fit of the practice's visits found: MBG/CNBD-k, times in days (see loyalty.drift.Parameters).

    The parameters are null where too few patients have come back yet. backtest: what a fit of a year before said,
    against what happened since (loyalty.drifting.backtest); null where a year before it was too early. first_return:
    how long it took new patients to come back (loyalty.drifting.coming_back); null with too few. prior_month: of the
    network's prior that it leaned on; null where that was the stated default.
    """

    day = models.DateField(unique=True, help_text="The practice's day up to which visits were read.")
    patient_count = models.PositiveIntegerField()
    repeat_count = models.PositiveIntegerField()
    k = models.PositiveSmallIntegerField(null=True, blank=True)
    r = models.FloatField(null=True, blank=True)
    alpha = models.FloatField(null=True, blank=True)
    a = models.FloatField(null=True, blank=True)
    b = models.FloatField(null=True, blank=True)
    log_likelihood = models.FloatField(null=True, blank=True)
    backtest = models.JSONField(null=True, blank=True)
    first_return = models.JSONField(null=True, blank=True)
    prior_month = models.DateField(null=True, blank=True)
    late_count = models.PositiveIntegerField(default=0, help_text="Who stood on the list when the night was over.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="drift_fit_whole",
                condition=Q(
                    k__isnull=True,
                    r__isnull=True,
                    alpha__isnull=True,
                    a__isnull=True,
                    b__isnull=True,
                    log_likelihood__isnull=True,
                )
                | Q(k__gte=1, r__gt=0, alpha__gt=0, a__gt=0, b__gt=0, log_likelihood__isnull=False),
            ),
            models.CheckConstraint(name="drift_fit_repeat", condition=Q(repeat_count__lte=F("patient_count"))),
        ]

    def __str__(self) -> str:
        return str(self.day)


class UsualFrom(models.TextChoices):
    """Where the usual days between visits come from."""

    OWN = "own", "Their own visits"
    SERVICE = "service", "The service they had"
    PRACTICE = "practice", "The patients of this practice"


class Drift(Row):
    """What last night's fit says of a patient; made anew every night.

    usual_days until the next visit, and where that is from. expected_on: the last visit and as many days. late_from:
    from then on they should have been back. gone_from: from then on they have left, as far as anybody can tell. alive,
    return_chance, worth: null where there is no fit; alive is null for who came once, too: one visit says nothing about
    staying. return_chance: to come within 12 months by themselves. worth: visits in these that a call could save.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="drifts")
    visits = models.PositiveIntegerField()
    last_on = models.DateField()
    usual_days = models.PositiveIntegerField(null=True, blank=True)
    usual_from = models.CharField(max_length=8, choices=UsualFrom, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    late_from = models.DateField(null=True, blank=True)
    gone_from = models.DateField(null=True, blank=True)
    alive = models.FloatField(null=True, blank=True)
    return_chance = models.FloatField(null=True, blank=True)
    worth = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("usual_from", UsualFrom, table="drift", blank=True),
            models.UniqueConstraint(fields=["patient"], name="drift_once"),
            models.CheckConstraint(name="drift_visits", condition=Q(visits__gte=1)),
            models.CheckConstraint(name="drift_alive", condition=Q(alive__isnull=True) | Q(alive__gte=0, alive__lte=1)),
            # Whoever came once is never called active: no figure where there is none.
            models.CheckConstraint(name="drift_once_unknown", condition=Q(visits__gt=1) | Q(alive__isnull=True)),
            models.CheckConstraint(
                name="drift_usual_whole",
                condition=Q(
                    usual_days__isnull=True,
                    usual_from="",
                    expected_on__isnull=True,
                    late_from__isnull=True,
                    gone_from__isnull=True,
                )
                | Q(
                    usual_days__gte=1,
                    expected_on__isnull=False,
                    late_from__gte=F("expected_on"),
                    gone_from__gt=F("late_from"),
                )
                & ~Q(usual_from=""),
            ),
        ]
        indexes = [models.Index(fields=["late_from"], name="drift_late")]

    def __str__(self) -> str:
        return str(self.id)


class DriftLeft(Row):
    """The team leaves a drifting patient be until a day. The newest that was not taken back holds."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="drifts_left")
    until = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_staff = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "until"], name="drift_left_be", condition=Q(taken_back_at__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.id)
