"""The working days and hours of a location: its usual week without its holidays, on its own wall clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db.models import Q

from loyalty.models import Holiday, Location, OpeningHours
from loyalty.visits.local_time import zone_of

# (opens, closes) of a weekday; 0 is Monday.
Week = Mapping[int, tuple[time, time]]

END_OF_WORK = time(17, 0)
# What holds for a location that has written down no hours.
USUAL: Week = MappingProxyType({weekday: (time(9, 0), END_OF_WORK) for weekday in range(5)})
_ONE_DAY = timedelta(days=1)
# Somebody may write a whole year of holidays; counting ends all the same.
_LONGEST_CLOSURE = 366


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    zone: ZoneInfo
    hours: Week = field(default_factory=lambda: USUAL)
    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.hours and day not in self.holidays

    def working_days_from(self, day: date, days: int) -> date:
        """`days` working days after `day` (before, where negative); `day` itself where 0."""
        step = _ONE_DAY if days >= 0 else -_ONE_DAY
        left, closed = abs(days), 0
        while left:
            day += step
            is_open = self.is_working_day(day) or closed >= _LONGEST_CLOSURE
            closed = 0 if is_open else closed + 1
            left -= is_open
        return day

    def end_of_work(self, day: date) -> datetime:
        """When the location closes, in UTC: by then, what is due that day should be done.

        A day on which it is closed ends at five: a card that is due on a Sunday is due that Sunday.
        """
        closes = self.hours[day.weekday()][1] if self.is_working_day(day) else END_OF_WORK
        return datetime.combine(day, closes, tzinfo=self.zone).astimezone(UTC)


def calendar_of(location: Location) -> WorkCalendar:
    """Two queries: take it once for a location, not once for each of its contacts."""
    written = OpeningHours.objects.filter(location=location).values_list("weekday", "opens", "closes")
    hours = {weekday: (opens, closes) for weekday, opens, closes in written}
    holidays = Holiday.objects.filter(Q(location=location) | Q(location__isnull=True)).values_list("day", flat=True)
    return WorkCalendar(zone=zone_of(location.time_zone), hours=hours or USUAL, holidays=frozenset(holidays))


def first_location() -> Location | None:
    """Whose days and hours hold for what is about no single location; None before there is one."""
    return Location.objects.order_by("-is_active", "created_at", "id").first()


def practice_calendar() -> WorkCalendar:
    """Of the practice's first open location; the usual week in UTC before there is one."""
    location = first_location()
    return calendar_of(location) if location else WorkCalendar(zone=zone_of("UTC"))
