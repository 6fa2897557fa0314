"""A location's hours or holidays change, and what is planned before a visit or a personal day follows them."""

from datetime import datetime, time

from django.db.models import Q

from loyalty.locations.hours import calendar_of, first_location
from loyalty.models import Location, Touchpoint, TouchpointKind, Visit
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.follow import rule_of
from loyalty.touchpoints.plan import OPEN

# What a personal day counts back from, on its own date.
MORNING = time(9, 0)


def retime(location: Location, *, now: datetime) -> int:
    """Give open contacts that count back from a visit or a day ahead the due time of the new calendar; returns how
    many got another one. Inside the caller's transaction.

    What counts forward from something that happened keeps the time it was given, and so does what is due already:
    nobody gets later with a call by adding a holiday (infra/decisions/0017).
    """
    calendar = calendar_of(location)
    there = Q(visit__location=location)
    if location == first_location():
        there |= Q(visit__isnull=True, kind=TouchpointKind.OCCASION)
    planned = list(
        Touchpoint.objects.select_for_update(of=("self",), no_key=True)
        .filter(there, Q(rule__delay__lt=0) | Q(rule__isnull=True), state__in=OPEN, due_at__gt=now)
        .select_related("rule")
        .order_by("id")
    )
    # After the touchpoints are held: a visit that is moved at this very moment has its new time by now, or waits.
    starts = dict(Visit.objects.filter(id__in=[one.visit_id for one in planned]).values_list("id", "starts_at"))
    moved = []
    for touchpoint in planned:
        rule = rule_of(touchpoint)
        if rule is None or rule.delay >= 0:
            continue
        anchor = starts[touchpoint.visit_id] if touchpoint.visit_id else None
        anchor = anchor or datetime.combine(touchpoint.day, MORNING, tzinfo=calendar.zone)
        due = due_at(rule, event=anchor, visit_starts=anchor, calendar=calendar, now=now)
        if due != touchpoint.due_at:
            touchpoint.due_at = due
            moved.append(touchpoint)
    Touchpoint.objects.bulk_update(moved, ["due_at"])
    return len(moved)
