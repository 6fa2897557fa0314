"""Hold-outs: a few patients, drawn by lot, go without one kind of contact, so that one can tell whether it works."""

from django.db import models
from django.db.models import F, Func, Q

from core.models import Row
from loyalty.models.patient import Patient
from loyalty.models.touchpoint import TouchpointKind

# Of the others somebody is waiting: for an answer, for what was promised, for somebody who asks how they are.
HOLDABLE = (TouchpointKind.NOTE, TouchpointKind.PREVIEW, TouchpointKind.OCCASION, TouchpointKind.CHECK_IN)
LEAST_PERCENT, MOST_PERCENT = 5, 20
LEAST_OUTCOME_DAYS, MOST_OUTCOME_DAYS = 30, 365


class DaysBetween(Func):
    """From the second date to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


class Holdout(Row):
    """One trial of one kind. What was chosen at its start stays, by trigger; so does its result.

    percent of the patients are held out, until ends_on. Whoever first could be contacted by outcome_days before it
    joins; came back means within outcome_days. salt: what the lot is drawn with. least_effect: the smallest lift worth
    knowing, in points. closed_at: over, or stopped before its end. The counts are those of the close: of patients whose
    time to come back was over, and of the held out who got one all the same.
    """

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in HOLDABLE])
    percent = models.PositiveSmallIntegerField()
    outcome_days = models.PositiveSmallIntegerField()
    least_effect = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    salt = models.CharField(max_length=32)
    started_by_person_id = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    contacted = models.PositiveIntegerField(null=True, blank=True)
    contacted_returned = models.PositiveIntegerField(null=True, blank=True)
    held = models.PositiveIntegerField(null=True, blank=True)
    held_returned = models.PositiveIntegerField(null=True, blank=True)
    held_crossed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            # Never a recovery, a first call, or anything else that somebody is owed.
            models.CheckConstraint(name="holdout_kind_holdable", condition=Q(kind__in=[k.value for k in HOLDABLE])),
            models.CheckConstraint(name="holdout_percent", condition=Q(percent__range=(LEAST_PERCENT, MOST_PERCENT))),
            models.CheckConstraint(
                name="holdout_outcome_days", condition=Q(outcome_days__range=(LEAST_OUTCOME_DAYS, MOST_OUTCOME_DAYS))
            ),
            models.CheckConstraint(name="holdout_least_effect", condition=Q(least_effect__range=(1, 50))),
            models.CheckConstraint(name="holdout_salt", condition=Q(salt__regex=r"^[0-9a-f]{32}$")),
            models.CheckConstraint(
                name="holdout_someone_can_join",
                condition=Q(ends_on__gt=F("starts_on")) & Q(outcome_days__lt=DaysBetween(F("ends_on"), F("starts_on"))),
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(closed_at__isnull=True), name="holdout_one_at_a_time"),
            models.CheckConstraint(
                name="holdout_closed_whole",
                condition=Q(
                    closed_at__isnull=True,
                    stopped_on__isnull=True,
                    contacted__isnull=True,
                    contacted_returned__isnull=True,
                    held__isnull=True,
                    held_returned__isnull=True,
                    held_crossed__isnull=True,
                )
                | Q(
                    closed_at__isnull=False,
                    contacted_returned__lte=F("contacted"),
                    held_returned__lte=F("held"),
                    held_crossed__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="holdout_stopped_before_its_end",
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("starts_on"), stopped_on__lte=F("ends_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_running(self) -> bool:
        return self.closed_at is None


class HoldoutPatient(Row):
    """A patient's lot, kept from when they first could have been contacted, before it was planned. It stays.

    day: the one that the time to come back counts from: of the visit, or of the contact where it is about none.
    """

    holdout = models.ForeignKey(Holdout, on_delete=models.CASCADE, related_name="patients")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="holdouts")
    visit = models.ForeignKey("loyalty.Visit", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    day = models.DateField()
    is_held = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holdout", "patient"], name="holdout_patient_once")]
        indexes = [
            models.Index(fields=["patient"], name="holdout_held", condition=Q(is_held=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)
