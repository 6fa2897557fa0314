"""What leaves a practice's schema of a hold-out (effect and standard error), and what the network publishes."""

from django.db import models
from django.db.models import F, Q

from core.models import Row
from loyalty.benchmarks.rules import FEWEST_CONTRIBUTORS
from loyalty.models.holdout import HOLDABLE
from tenants.models import Practice

_KINDS = [(kind.value, kind.label) for kind in HOLDABLE]


class LiftRelease(Row):
    """The lift of one kind, pooled over the hold-outs that ended before a quarter began and were in no other release.

    Immutable, by trigger. effect, low, high: points of patients who come back, the limits of 95 %, rounded to a tenth.
    contributors_floor: how many practices, rounded down to 5.
    """

    kind = models.CharField(max_length=10, choices=_KINDS)
    quarter = models.DateField(help_text="First day of the quarter that it was released in.")
    effect = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    contributors_floor = models.PositiveIntegerField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "quarter"], name="liftrelease_once"),
            models.CheckConstraint(name="liftrelease_kind", condition=Q(kind__in=[k.value for k in HOLDABLE])),
            models.CheckConstraint(name="liftrelease_enough", condition=Q(contributors_floor__gte=FEWEST_CONTRIBUTORS)),
            models.CheckConstraint(
                name="liftrelease_in_order", condition=Q(low__lte=F("effect"), high__gte=F("effect"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quarter}"


class LiftContribution(Row):
    """Of one hold-out of a practice that ran to its preset end, each arm with eleven patients or more.

    effect, standard_error: shares of patients, as `loyalty.lift.difference` has them (pooling_error). release: the one
    that it is part of; no contribution is part of two.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=_KINDS)
    ended_on = models.DateField()
    effect = models.FloatField()
    standard_error = models.FloatField()
    release = models.ForeignKey(LiftRelease, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "ended_on"], name="liftcontribution_once"),
            models.CheckConstraint(name="liftcontribution_kind", condition=Q(kind__in=[k.value for k in HOLDABLE])),
            models.CheckConstraint(
                name="liftcontribution_possible",
                condition=Q(effect__range=(-1, 1), standard_error__gt=0, standard_error__lt=1),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "ended_on"], name="liftcontribution_open", condition=Q(release__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ended_on}"
