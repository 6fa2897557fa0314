"""What is planned follows its visit: moved with it, called off with it, in the same transaction."""

from collections.abc import Collection
from datetime import datetime

from loyalty.locations.hours import calendar_of
from loyalty.models import PlaybookRule, Touchpoint, TouchpointKind, TouchpointState, Trigger, Visit
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.plan import OPEN

CALLED_OFF = frozenset(TouchpointKind.values) - {TouchpointKind.RECOVERY}


def move_planned(visit: Visit, *, now: datetime) -> int:
    """Open touchpoints of a moved visit get its new day, and those before it a new due time; returns how many."""
    calendar = calendar_of(visit.location)
    planned = list(visit.touchpoints.filter(state__in=OPEN).select_related("rule"))
    for touchpoint in planned:
        touchpoint.day = visit.day
        rule = rule_of(touchpoint)
        if rule is not None and rule.delay < 0:
            touchpoint.due_at = due_at(rule, event=now, visit_starts=visit.starts_at, calendar=calendar, now=now)
    return Touchpoint.objects.bulk_update(planned, ["day", "due_at"])


def cancel_planned(visit: Visit, *, kinds: Collection[str] = CALLED_OFF) -> int:
    """Call off the open touchpoints of a visit; returns how many. A recovery goes on whatever becomes of the visit."""
    planned = visit.touchpoints.filter(state__in=OPEN, kind__in=kinds)
    return planned.update(state=TouchpointState.CANCELLED)


def rule_of(touchpoint: Touchpoint) -> PlaybookRule | None:
    """What planned it; for a preview whose rule was taken out of the playbook, the one that plans previews now."""
    if touchpoint.rule is not None or touchpoint.kind != TouchpointKind.PREVIEW:
        return touchpoint.rule
    return PlaybookRule.objects.filter(trigger=Trigger.VISIT_BOOKED, kind=TouchpointKind.PREVIEW).first()
