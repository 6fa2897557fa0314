"""What the playbook plans when something happens to a visit."""

from datetime import datetime

from loyalty.locations.hours import calendar_of
from loyalty.models import (
    PlaybookRule,
    StaffRole,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    Trigger,
    Visit,
    VisitStatus,
)
from loyalty.touchpoints.channel import channel_for
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.hold import has_open_recovery
from loyalty.visits.local_time import day_of

OPEN = (TouchpointState.PLANNED, TouchpointState.HELD)
_BY_HAND = (TouchpointChannel.CARD, TouchpointChannel.IN_PERSON)


def plan(trigger: Trigger, *, visit: Visit, now: datetime) -> None:
    """Make what the rules of `trigger` ask for, inside the caller's transaction, which holds the patient.

    Nothing is made for the dead, for those who want no contact, for merged records, for imported history, by a rule
    that is off, or by one that a vendor pays for: nowhere can a patient authorize that yet. What is there already
    (one preview a visit, one note a patient and day, one of each rule and visit) is not made twice.
    """
    if visit.is_history or not visit.patient.may_be_contacted:
        return
    for rule in PlaybookRule.objects.filter(trigger=trigger, is_on=True, funded_by_vendor=False):
        if _means(rule, visit) and not _is_there(rule, visit):
            # The constraints decide, should somebody else plan the same at this very moment.
            Touchpoint.objects.bulk_create([_unsaved(rule, visit=visit, now=now)], ignore_conflicts=True)


def _means(rule: PlaybookRule, visit: Visit) -> bool:
    """No preview of what is over, no thank-you for what was not."""
    match rule.kind:
        case TouchpointKind.PREVIEW:
            return visit.is_open
        case TouchpointKind.NOTE:
            return visit.status == VisitStatus.COMPLETED
    return True


def _is_there(rule: PlaybookRule, visit: Visit) -> bool:
    others = Touchpoint.objects.filter(kind=rule.kind).exclude(state=TouchpointState.CANCELLED)
    match rule.kind:
        case TouchpointKind.NOTE:
            return others.filter(patient_id=visit.patient_id, day=visit.day).exists()
        case TouchpointKind.PREVIEW:
            return others.filter(visit=visit).exists()
        case TouchpointKind.RECOVERY:
            # Whatever a patient was unhappy about: one conversation.
            return others.filter(patient_id=visit.patient_id, state__in=OPEN).exists()
    others = others.filter(visit=visit, rule=rule)
    # A visit can be moved again, and the patient told again.
    return (others.filter(state__in=OPEN) if rule.trigger == Trigger.VISIT_CHANGED else others).exists()


def _unsaved(rule: PlaybookRule, *, visit: Visit, now: datetime) -> Touchpoint:
    calendar = calendar_of(visit.location)
    touchpoint = Touchpoint(
        patient=visit.patient,
        visit=visit,
        rule=rule,
        kind=rule.kind,
        channel=rule.channel,
        day=visit.day,
        due_at=due_at(rule, event=now, visit_starts=visit.starts_at, calendar=calendar, now=now),
        role=rule.role,
    )
    if rule.kind == TouchpointKind.NOTE and has_open_recovery(visit.patient_id):
        touchpoint.state = TouchpointState.HELD
    if rule.channel not in _BY_HAND:
        touchpoint.channel = channel_for(visit.patient, planned=rule.channel, today=day_of(now, calendar.zone))
    # Who treated writes; everything else is for whoever of that role is there.
    if rule.role == StaffRole.PROVIDER and visit.staff is not None and visit.staff.is_active:
        touchpoint.assigned_to = visit.staff
    return touchpoint
