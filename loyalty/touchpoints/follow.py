"""What is planned follows its visit: moved with it, called off with it, in the same transaction."""

from collections.abc import Collection
from datetime import datetime

from loyalty.models import PlaybookRule, Touchpoint, TouchpointKind, TouchpointState, Trigger, Visit
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.plan import OPEN
from loyalty.visits.local_time import zone_of

CALLED_OFF = frozenset(TouchpointKind.values) - {TouchpointKind.RECOVERY}


def move_planned(visit: Visit, *, now: datetime) -> int:
    """Open touchpoints of a moved visit get its new day, and those before it a new due time; returns how many."""
    zone = zone_of(visit.location.time_zone)
    planned = list(visit.touchpoints.filter(state__in=OPEN).select_related("rule"))
    for touchpoint in planned:
        touchpoint.day = visit.day
        rule = touchpoint.rule or _rule_for(touchpoint)
        if rule is not None and rule.delay < 0:
            touchpoint.due_at = due_at(rule, event=now, visit_starts=visit.starts_at, zone=zone, now=now)
    return Touchpoint.objects.bulk_update(planned, ["day", "due_at"])


def cancel_planned(visit: Visit, *, kinds: Collection[str] = CALLED_OFF) -> int:
    """Call off the open touchpoints of a visit; returns how many. A recovery goes on whatever becomes of the visit."""
    planned = visit.touchpoints.filter(state__in=OPEN, kind__in=kinds)
    return planned.update(state=TouchpointState.CANCELLED)


def _rule_for(touchpoint: Touchpoint) -> PlaybookRule | None:
    """What a preview goes by whose own rule was taken out of the playbook."""
    if touchpoint.kind != TouchpointKind.PREVIEW:
        return None
    return PlaybookRule.objects.filter(trigger=Trigger.VISIT_BOOKED, kind=TouchpointKind.PREVIEW).first()
