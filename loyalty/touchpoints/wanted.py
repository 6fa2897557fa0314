"""What a rule asks for when something happens: the same for a visit of this moment and for a month looked back on."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loyalty.locations.hours import WorkCalendar, calendar_of
from loyalty.models import (
    Audience,
    PlaybookRule,
    Recovery,
    StaffRole,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    Trigger,
    Visit,
    VisitStatus,
)
from loyalty.touchpoints.channel import channels_for
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.shapes import LEAST_CONTENT
from loyalty.visits.local_time import day_of

BY_HAND = (TouchpointChannel.CARD, TouchpointChannel.IN_PERSON)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a visit at a moment. visit: with its patient, location and staff, as it was then.

    score: of an answer; None of anything else, and where a recovery is opened for it.
    """

    visit: Visit
    at: datetime
    score: int | None = None


def matching(rule: PlaybookRule, happenings: Iterable[Happening]) -> list[Happening]:
    """Those that the rule is about. Nothing is made for the dead, for those who want no contact, for merged records
    and for imported history. At most one query, and none where the rule has no condition about earlier visits.
    """
    ours = [one for one in happenings if not one.visit.is_history and one.visit.patient.may_be_contacted]
    ours = [one for one in ours if _means(rule, one)]
    if rule.audience == Audience.EVERYONE and rule.away_days is None:
        return ours
    days = _visit_days({one.visit.patient_id for one in ours})
    return [one for one in ours if _was_before(rule, one, days.get(one.visit.patient_id, ()))]


def asked_for(rule: PlaybookRule, happenings: Sequence[Happening]) -> list[Touchpoint]:
    """The touchpoints of `happenings`, unsaved and in their order. Two queries a location; three or four for those
    that are not made by hand; one for notes.
    """
    calendars: dict[UUID, WorkCalendar] = {}
    for one in happenings:
        if one.visit.location_id not in calendars:
            calendars[one.visit.location_id] = calendar_of(one.visit.location)
    channels = _channels(rule, happenings, calendars)
    unhappy = _unhappy(rule, happenings)
    return [
        _unsaved(
            rule, one, calendars[one.visit.location_id], channel=channels[place], held=one.visit.patient_id in unhappy
        )
        for place, one in enumerate(happenings)
    ]


def key_of(rule: PlaybookRule, visit: Visit) -> tuple[object, ...]:
    """Two with the same key are one: a note a patient and day, a preview a visit, one of each rule and visit."""
    match rule.kind:
        case TouchpointKind.NOTE:
            return (rule.kind, visit.patient_id, visit.day)
        case TouchpointKind.PREVIEW:
            return (rule.kind, visit.id)
    return (rule.kind, visit.id, rule.id)


def _means(rule: PlaybookRule, one: Happening) -> bool:
    """No preview of what is over, no thank-you for what was not, no recovery for somebody who is content."""
    visit = one.visit
    if rule.service_id is not None and visit.service_id != rule.service_id:
        return False
    match rule.kind:
        case TouchpointKind.PREVIEW:
            return visit.is_open
        case TouchpointKind.NOTE:
            return visit.status == VisitStatus.COMPLETED
        case TouchpointKind.RECOVERY:
            return one.score is None or one.score < LEAST_CONTENT
    if rule.trigger == Trigger.FEEDBACK:
        lowest = LEAST_CONTENT if rule.score_from is None else max(rule.score_from, LEAST_CONTENT)
        return one.score is not None and lowest <= one.score <= (10 if rule.score_to is None else rule.score_to)
    return True


def _visit_days(patients: set[UUID]) -> Mapping[UUID, list[date]]:
    """The days of their completed visits, in order."""
    days: dict[UUID, list[date]] = defaultdict(list)
    seen = Visit.objects.filter(patient_id__in=patients, status=VisitStatus.COMPLETED)
    for patient_id, day in seen.order_by("day").values_list("patient_id", "day"):
        days[patient_id].append(day)
    return days


def _was_before(rule: PlaybookRule, one: Happening, days: Sequence[date]) -> bool:
    earlier = bisect_left(days, one.visit.day)
    match rule.audience:
        case Audience.FIRST if earlier:
            return False
        case Audience.RETURNING if not earlier:
            return False
    if rule.away_days is None:
        return True
    return bool(earlier) and (one.visit.day - days[earlier - 1]).days >= rule.away_days


def _channels(rule: PlaybookRule, happenings: Sequence[Happening], calendars: Mapping[UUID, WorkCalendar]) -> list[str]:
    if rule.channel in BY_HAND:
        return [rule.channel] * len(happenings)
    return channels_for(
        [(one.visit.patient, day_of(one.at, calendars[one.visit.location_id].zone)) for one in happenings],
        planned=rule.channel,
    )


def _unhappy(rule: PlaybookRule, happenings: Sequence[Happening]) -> set[UUID]:
    """Whose notes are held: somebody is making good to them."""
    if rule.kind != TouchpointKind.NOTE:
        return set()
    patients = {one.visit.patient_id for one in happenings}
    open_ones = Recovery.objects.filter(patient_id__in=patients, closed_at__isnull=True)
    return set(open_ones.values_list("patient_id", flat=True))


def _unsaved(rule: PlaybookRule, one: Happening, calendar: WorkCalendar, *, channel: str, held: bool) -> Touchpoint:
    visit = one.visit
    touchpoint = Touchpoint(
        patient=visit.patient,
        visit=visit,
        # A rule that is only tried out is in no table.
        rule=None if rule._state.adding else rule,
        kind=rule.kind,
        channel=channel,
        day=visit.day,
        due_at=due_at(rule, event=one.at, visit_starts=visit.starts_at, calendar=calendar, now=one.at),
        role=rule.role,
    )
    if held:
        touchpoint.state = TouchpointState.HELD
    # Who treated writes; everything else is for whoever of that role is there.
    if rule.role == StaffRole.PROVIDER and visit.staff is not None and visit.staff.is_active:
        touchpoint.assigned_to = visit.staff
    return touchpoint
