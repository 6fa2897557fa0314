"""What a rule would have made last month, by the code that plans, without writing anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from statistics import median
from uuid import UUID

from core import audit
from core.audit.models import Entry
from loyalty.drifting.plan import asked_for as drifting_asked_for
from loyalty.drifting.plan import became_late
from loyalty.locations.hours import WorkCalendar, practice_calendar
from loyalty.models import (
    Feedback,
    Inquiry,
    PlaybookRule,
    Touchpoint,
    TouchpointChannel,
    TouchpointState,
    Trigger,
    Visit,
    VisitStatus,
)
from loyalty.occasions.asked_for import asked_for as occasions_asked_for
from loyalty.occasions.asked_for import first_of_each_day, lead_days, ours, rule_for
from loyalty.occasions.falling import Falling, falling
from loyalty.touchpoints.wanted import Happening, asked_for, key_of, matching

_MORNING = time(9, 0)
# A page shows so many names; the counts are of all.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Would:
    """One touchpoint that the rule would have made. due_at: in the zone of the practice's first location."""

    patient_id: UUID
    name: str
    channel: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DryRun:
    """first, last: days of the month. happened: how often the moment came. made: of them, contacts made.

    by_channel: (label, number) where the rule's own channel could not be used, among all. left_out: not made, because
    the conditions or the patient's wishes say so. each_minutes: what one takes here by the records, None where nobody
    wrote it down. a_day: contacts a working day. shown: the first of them, by when they were due.
    """

    first: date
    last: date
    happened: int
    made: int
    left_out: int
    by_channel: tuple[tuple[str, int], ...]
    a_day: float
    each_minutes: float | None
    shown: tuple[Would, ...]


def dry_run(rule: PlaybookRule, *, now: datetime) -> DryRun:
    """Of the last whole month on the wall of the first location. Shows patients: the trail names them.

    `rule` may be one that was never kept. Inquiries have no patient: they are counted, not listed.
    """
    calendar = practice_calendar()
    first, last = _last_month(now.astimezone(calendar.zone).date())
    match rule.trigger:
        case Trigger.OCCASION:
            happened, touchpoints = _occasions(rule, first, last, calendar)
        case Trigger.DRIFTING:
            late = became_late(first=first, last=last)
            happened, touchpoints = len(late), drifting_asked_for(rule, late, calendar=calendar, now=now)
        case Trigger.INQUIRY:
            begins, ends = _bounds(first, last, calendar)
            asked = Inquiry.objects.filter(asked_at__gte=begins, asked_at__lt=ends).count()
            return _told(rule, asked, [], made=asked, first=first, last=last, calendar=calendar)
        case _:
            happenings = _happenings(rule, first, last, calendar)
            happened = len(happenings)
            once = {key_of(rule, one.visit): one for one in reversed(matching(rule, happenings))}
            touchpoints = asked_for(rule, list(reversed(once.values())))
    audit.record("rule.tried", patients=[one.patient_id for one in touchpoints], detail={"rule": str(rule.id)})
    return _told(rule, happened, touchpoints, made=len(touchpoints), first=first, last=last, calendar=calendar)


def _told(
    rule: PlaybookRule,
    happened: int,
    touchpoints: list[Touchpoint],
    *,
    made: int,
    first: date,
    last: date,
    calendar: WorkCalendar,
) -> DryRun:
    working = sum(calendar.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
    channels = [TouchpointChannel(one.channel) for one in touchpoints if one.channel != rule.channel]
    ordered = sorted(touchpoints, key=lambda one: (one.due_at, one.patient.family_name, one.patient_id))
    return DryRun(
        first=first,
        last=last,
        happened=happened,
        made=made,
        left_out=happened - made,
        by_channel=tuple(
            (channel.label, channels.count(channel)) for channel in TouchpointChannel if channel in channels
        ),
        a_day=made / max(working, 1),
        each_minutes=_each_minutes(rule.kind),
        shown=tuple(
            Would(
                patient_id=one.patient_id,
                name=one.patient.display_name,
                channel=one.get_channel_display(),
                due_at=one.due_at.astimezone(calendar.zone),
            )
            for one in islice(ordered, SHOWN)
        ),
    )


def _each_minutes(kind: str) -> float | None:
    done = Touchpoint.objects.filter(kind=kind, state=TouchpointState.DONE, minutes__isnull=False)
    minutes = [one for one in done.order_by("-done_at").values_list("minutes", flat=True)[:200] if one is not None]
    return median(minutes) if minutes else None


def _happenings(rule: PlaybookRule, first: date, last: date, calendar: WorkCalendar) -> list[Happening]:
    """What happened to visits in the month, in order, each visit as it was at that moment."""
    begins, ends = _bounds(first, last, calendar)
    visits = Visit.objects.filter(is_history=False).select_related("patient", "location", "staff")
    match rule.trigger:
        case Trigger.VISIT_BOOKED:
            found = visits.filter(booked_at__gte=begins, booked_at__lt=ends)
            return _at(((one, one.booked_at) for one in found), status=VisitStatus.BOOKED)
        case Trigger.VISIT_CHANGED:
            moves = dict(
                Entry.objects.filter(verb="visit.moved", at__gte=begins, at__lt=ends)
                .order_by("at")
                .values_list("subject_id", "at")
            )
            found = visits.filter(id__in=list(moves))
            return _at(((one, moves[one.id]) for one in found), status=VisitStatus.BOOKED)
        case Trigger.VISIT_COMPLETED:
            found = visits.filter(status=VisitStatus.COMPLETED, completed_at__gte=begins, completed_at__lt=ends)
            return _at(((one, one.completed_at) for one in found), status=VisitStatus.COMPLETED)
        case Trigger.NO_SHOW:
            found = visits.filter(status=VisitStatus.NO_SHOW, starts_at__gte=begins, starts_at__lt=ends)
            return _at(((one, one.starts_at) for one in found), status=VisitStatus.NO_SHOW)
        case Trigger.FEEDBACK:
            answers = Feedback.objects.filter(answered_at__gte=begins, answered_at__lt=ends, visit__is_history=False)
            answers = answers.select_related("visit__patient", "visit__location", "visit__staff")
            return sorted(
                (Happening(one.visit, one.answered_at, one.score) for one in answers if one.visit),
                key=lambda one: one.at,
            )
    return []


def _at(found: Iterable[tuple[Visit, datetime | None]], *, status: VisitStatus) -> list[Happening]:
    happenings = []
    for visit, at in found:
        if at is not None:
            # In memory only: what the rule asks is what the visit was then.
            visit.status = status
            happenings.append(Happening(visit, at))
    return sorted(happenings, key=lambda one: one.at)


def _occasions(rule: PlaybookRule, first: date, last: date, calendar: WorkCalendar) -> tuple[int, list[Touchpoint]]:
    days = [one for one in falling(first=first, days=(last - first).days + 1) if rule_for([rule], one)]
    patients = ours({one.patient_id for one in days}, today=first, held=False)
    near = first_of_each_day([(one, rule) for one in days if one.patient_id in patients])

    def planned_at(one: Falling, rule: PlaybookRule) -> datetime:
        day = one.day - timedelta(days=lead_days(one, rule))
        return datetime.combine(day, _MORNING, tzinfo=calendar.zone)

    return len(days), occasions_asked_for(near, patients, calendar=calendar, planned_at=planned_at)


def _bounds(first: date, last: date, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    """The moments at which the month begins and the next one does."""
    begins, ends = (datetime.combine(day, time.min, tzinfo=calendar.zone) for day in (first, last + timedelta(days=1)))
    return begins, ends


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
