"""When a rule's touchpoint is due."""

from datetime import datetime, timedelta

from loyalty.locations.hours import WorkCalendar
from loyalty.models import DelayUnit, PlaybookRule
from loyalty.visits.local_time import day_of


def due_at(
    rule: PlaybookRule, *, event: datetime, visit_starts: datetime, calendar: WorkCalendar, now: datetime
) -> datetime:
    """`rule.delay` after `event`, or before the visit starts where it is negative; never before `now`.

    Hours count from the moment. Days and working days count from its local date and end with work: two working days
    before a visit means by the time the location closes on that day.
    """
    anchor = visit_starts if rule.delay < 0 else event
    day = day_of(anchor, calendar.zone)
    match rule.delay_unit:
        case DelayUnit.HOURS:
            due = anchor + timedelta(hours=rule.delay)
        case DelayUnit.DAYS:
            due = calendar.end_of_work(day + timedelta(days=rule.delay))
        case DelayUnit.WORKING_DAYS:
            due = calendar.end_of_work(calendar.working_days_from(day, rule.delay))
        case unknown:
            raise ValueError(f"unknown unit of delay {unknown!r}")
    return max(due, now)
