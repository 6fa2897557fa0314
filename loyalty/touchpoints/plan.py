"""What the playbook plans when something happens to a visit."""

from datetime import datetime

from loyalty.holdouts.held import Asked, held
from loyalty.models import PlaybookRule, Touchpoint, TouchpointKind, TouchpointState, Trigger, Visit
from loyalty.touchpoints.in_force import rules_in_force
from loyalty.touchpoints.wanted import Happening, asked_for, matching
from loyalty.visits.local_time import day_of, zone_of

OPEN = (TouchpointState.PLANNED, TouchpointState.HELD)


def plan(trigger: Trigger, *, visit: Visit, now: datetime, score: int | None = None) -> None:
    """Make what the rules of `trigger` ask for, inside the caller's transaction, which holds the patient.

    score: of the answer that was given. What is there already (one preview a visit, one note a patient and day, one of
    each rule and visit) is not made twice. Nothing is made by a rule that is off, by one that a vendor pays for, or
    for whoever is held out of its kind.
    """
    happening = Happening(visit, now, score)
    for rule in rules_in_force(trigger):
        if matching(rule, [happening]) and not _is_there(rule, visit) and not _is_held(rule, visit, now):
            # The constraints decide, should somebody else plan the same at this very moment.
            Touchpoint.objects.bulk_create(asked_for(rule, [happening]), ignore_conflicts=True)


def _is_held(rule: PlaybookRule, visit: Visit, now: datetime) -> bool:
    asked = Asked(visit.patient_id, visit.day, visit.id)
    return bool(held(rule, [asked], today=day_of(now, zone_of(visit.location.time_zone))))


def _is_there(rule: PlaybookRule, visit: Visit) -> bool:
    """As wanted.key_of, among what was planned earlier."""
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
