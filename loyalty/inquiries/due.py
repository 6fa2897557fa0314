"""When somebody who asked is to be called: by the playbook, in the working hours of the location they asked."""

from datetime import date, datetime

from core.errors import DomainError
from loyalty.locations.hours import WorkCalendar, calendar_of, practice_calendar
from loyalty.models import DelayUnit, Inquiry, Location, PlaybookRule, StaffRole, TouchpointKind, Trigger
from loyalty.touchpoints.due import due_at
from loyalty.visits.local_time import day_of


def calendar(location: Location | None) -> WorkCalendar:
    return calendar_of(location) if location else practice_calendar()


def first_call_due(location: Location | None, *, now: datetime) -> datetime:
    """By the playbook's rule; where it has none, or it is off, by the end of the next working day."""
    written = PlaybookRule.objects.filter(trigger=Trigger.INQUIRY, kind=TouchpointKind.FIRST_CALL, is_on=True).first()
    rule = written or PlaybookRule(role=StaffRole.FRONT_DESK, delay=1, delay_unit=DelayUnit.WORKING_DAYS)
    return due_at(rule, event=now, visit_starts=now, calendar=calendar(location), now=now)


def next_call_due(inquiry: Inquiry, *, next_on: date | None, now: datetime) -> datetime:
    """The end of work on `next_on`, or of the next working day. Raises DomainError for a day that is over."""
    work = calendar(inquiry.location)
    today = day_of(now, work.zone)
    if next_on is not None and next_on < today:
        raise DomainError("next_over", "Choose today or a day ahead for the next call.", field="next_on")
    return max(work.end_of_work(next_on or work.working_days_from(today, 1)), now)
