"""Whoever was not asked at checkout, or did not answer, gets one link: the next working morning, never while here."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef

from core.errors import Conflict
from loyalty.locations.hours import WorkCalendar, calendar_of
from loyalty.messages.feedback_link import carries_link
from loyalty.messages.queue import may_go, queue_feedback_link
from loyalty.models import (
    Channel,
    FeedbackLink,
    FeedbackRequest,
    MessageState,
    MessageTemplate,
    Patient,
    TemplateKind,
    Visit,
    VisitStatus,
)

# Whoever could not be asked within this time is not asked any more.
NOT_AFTER = timedelta(days=5)
_MORNING, _NOON = time(9, 0), time(12, 0)
_MOST = 500


def ask_later(*, now: datetime, most: int = _MOST) -> int:
    """Queue a link for each who is due one, `most` at once; returns how many. Safe to run at any time, as often as one
    likes.

    By text or email as they prefer, with their consent to be asked; loyalty.messages decides. Nobody who died, wants no
    contact or is on the premises; of a minor the guardian; nothing about imported history.
    """
    templates = [
        one for one in MessageTemplate.objects.filter(kind=TemplateKind.FEEDBACK, is_on=True) if carries_link(one)
    ]
    if not templates:
        return 0
    calendars: dict[object, WorkCalendar] = {}
    asked = 0
    for visit in _left_unasked(now=now):
        if asked == most:
            break
        if visit.location_id not in calendars:
            calendars[visit.location_id] = calendar_of(visit.location)
        if _is_their_morning(visit, calendars[visit.location_id], now=now):
            asked += _ask(visit, templates, now=now)
    return asked


def _left_unasked(*, now: datetime) -> Iterable[Visit]:
    of_visit = {"visit": OuterRef("pk")}
    theirs = Visit.objects.filter(patient=OuterRef("patient"))
    here = theirs.filter(status=VisitStatus.ARRIVED)
    # Of two visits of these days, the later one is asked about.
    later = theirs.filter(status=VisitStatus.COMPLETED, completed_at__gt=OuterRef("completed_at"))
    return (
        Visit.objects.filter(
            status=VisitStatus.COMPLETED,
            is_history=False,
            completed_at__lte=now,
            completed_at__gt=now - NOT_AFTER,
        )
        .exclude(Exists(FeedbackLink.objects.filter(**of_visit)))
        .exclude(Exists(FeedbackRequest.objects.filter(**of_visit, answer__isnull=False)))
        .exclude(Exists(here))
        .exclude(Exists(later))
        .select_related("patient", "location")
        # All of them: whoever may not be asked stays among these for days, and keeps nobody else from being asked.
        .order_by("completed_at", "id")
    )


def _is_their_morning(visit: Visit, calendar: WorkCalendar, *, now: datetime) -> bool:
    """Between nine and noon where they were, on a working day after the visit's."""
    local = now.astimezone(calendar.zone)
    if not _MORNING <= local.time() < _NOON or not calendar.is_working_day(local.date()):
        return False
    first = calendar.working_days_from(visit.day, 1)
    return now >= datetime.combine(first, _MORNING, tzinfo=calendar.zone).astimezone(UTC)


def _ask(visit: Visit, templates: list[MessageTemplate], *, now: datetime) -> int:
    for template in _by_preference(templates, visit.patient):
        if may_go(patient=visit.patient, template=template, visit=visit, now=now):
            try:
                message = queue_feedback_link(visit_id=visit.id, template_id=template.id, now=now)
            except Conflict:
                # Another worker was faster.
                return 0
            return int(message.state != MessageState.REFUSED)
    return 0


def _by_preference(templates: list[MessageTemplate], patient: Patient) -> list[MessageTemplate]:
    first = patient.preferred_channel or Channel.TEXT
    return sorted(templates, key=lambda one: (one.channel != first, one.channel != Channel.TEXT, one.name))
