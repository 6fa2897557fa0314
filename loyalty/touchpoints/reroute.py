"""What was to be told by phone goes another way once the phone is no way any more, and back once it is again."""

from datetime import datetime

from loyalty.locations.hours import practice_calendar
from loyalty.models import Patient, Touchpoint, TouchpointChannel, TouchpointState
from loyalty.touchpoints.channel import channel_for
from loyalty.visits.local_time import day_of

_OPEN = (TouchpointState.PLANNED, TouchpointState.HELD)


def reroute(patient: Patient, *, now: datetime) -> int:
    """Choose again how each open contact of the patient is made that its rule makes by phone; returns how many were
    changed. Inside the caller's transaction, which holds the patient."""
    waiting = Touchpoint.objects.select_for_update(of=("self",), no_key=True).select_related("rule").order_by("id")
    by_phone = [
        one
        for one in waiting.filter(patient=patient, state__in=_OPEN)
        if (one.rule.channel if one.rule else one.channel) == TouchpointChannel.CALL
    ]
    if not by_phone:
        return 0
    today = day_of(now, practice_calendar().zone)
    channel = channel_for(patient, planned=TouchpointChannel.CALL, today=today)
    changed = [one for one in by_phone if one.channel != channel]
    for touchpoint in changed:
        touchpoint.channel = channel
    Touchpoint.objects.bulk_update(changed, ["channel"])
    return len(changed)
