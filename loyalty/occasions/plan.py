"""Personal days become contacts some days ahead, so that a card arrives in time. Run every day."""

from datetime import datetime

from django.db import transaction

from core import audit
from loyalty.holdouts.held import Asked, held
from loyalty.locations.hours import calendar_of
from loyalty.models import Location, Touchpoint, TouchpointKind, TouchpointState, Trigger
from loyalty.occasions.asked_for import FURTHEST_DAYS, asked_for, first_of_each_day, lead_days, ours, rule_for
from loyalty.occasions.falling import falling
from loyalty.touchpoints.in_force import rules_in_force


def plan_occasions(*, now: datetime) -> int:
    """Make the contacts that are to be planned by `now`; returns how many. Run again, it makes no second one.

    One contact a patient and day; of people who came within two years or have a visit ahead. Minors are left to a
    person's judgment: it would be the guardian who is written to.
    """
    rules = rules_in_force(Trigger.OCCASION)
    location = Location.objects.filter(is_active=True).order_by("created_at", "id").first()
    if not rules or location is None:
        return 0
    calendar = calendar_of(location)
    today = now.astimezone(calendar.zone).date()
    near = [
        (one, rule)
        for one in falling(first=today, days=FURTHEST_DAYS + 1)
        if (rule := rule_for(rules, one)) and (one.day - today).days <= lead_days(one, rule)
    ]
    with transaction.atomic():
        patients = ours({one.patient_id for one, _ in near}, today=today, held=True)
        planned = set(
            Touchpoint.objects.filter(kind=TouchpointKind.OCCASION, day__gte=today, patient_id__in=patients)
            .exclude(state=TouchpointState.CANCELLED)
            .values_list("patient_id", "day")
        )
        new = [
            (one, rule)
            for one, rule in first_of_each_day([pair for pair in near if pair[0].patient_id in patients])
            if (one.patient_id, one.day) not in planned
        ]
        # To a hold-out all rules of one kind are alike.
        without = held(rules[0], [Asked(one.patient_id, today) for one, _ in new], today=today)
        new = [(one, rule) for one, rule in new if one.patient_id not in without]
        made = asked_for(new, patients, calendar=calendar, planned_at=lambda _one, _rule: now)
        Touchpoint.objects.bulk_create(made)
        audit.record("occasions.planned", patients=[one.patient_id for one in made])
    return len(made)
