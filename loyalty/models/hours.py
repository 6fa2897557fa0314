"""When a location is open: its usual week, and the days it is closed all the same."""

from django.db import models
from django.db.models import F, Q

from core.models import Row


class OpeningHours(Row):
    """One weekday of a location's usual week, on its own wall clock. A weekday without a row is closed.

    A location with no row at all keeps the usual hours (loyalty.locations.hours.USUAL).
    """

    location = models.ForeignKey("loyalty.Location", on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.SmallIntegerField(help_text="0 is Monday, 6 is Sunday.")
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(name="hours_weekday_known", condition=Q(weekday__range=(0, 6))),
            models.CheckConstraint(name="hours_close_after_opening", condition=Q(closes__gt=F("opens"))),
            models.UniqueConstraint(fields=["location", "weekday"], name="hours_weekday_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Holiday(Row):
    """A day on which nobody works: at one location, or at all of them where `location` is null."""

    location = models.ForeignKey(
        "loyalty.Location", on_delete=models.CASCADE, null=True, blank=True, related_name="holidays"
    )
    day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(name="holiday_named", condition=~Q(name="")),
            models.UniqueConstraint(fields=["location", "day"], nulls_distinct=False, name="holiday_once"),
        ]

    def __str__(self) -> str:
        return self.name
