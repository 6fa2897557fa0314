"""When a rule's touchpoint is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty.models import DelayUnit, PlaybookRule
from loyalty.visits.local_time import day_of, end_of_work, working_days_from


def due_at(rule: PlaybookRule, *, event: datetime, visit_starts: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """`rule.delay` after `event`, or before the visit starts where it is negative; never before `now`.

    Hours count from the moment. Days and working days count from its local date and end with work: two working days
    before a visit means by five in the afternoon of that day.
    """
    anchor = visit_starts if rule.delay < 0 else event
    match rule.delay_unit:
        case DelayUnit.HOURS:
            due = anchor + timedelta(hours=rule.delay)
        case DelayUnit.DAYS:
            due = end_of_work(day_of(anchor, zone) + timedelta(days=rule.delay), zone)
        case DelayUnit.WORKING_DAYS:
            due = end_of_work(working_days_from(day_of(anchor, zone), rule.delay), zone)
        case unknown:
            raise ValueError(f"unknown unit of delay {unknown!r}")
    return max(due, now)
