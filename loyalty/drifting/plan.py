"""The playbook's rules for those who drift: every night a few contacts, those first that could save most."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from core import audit
from loyalty.drifting.candidates import drifting, left_now, seen_to
from loyalty.holdouts.held import Asked, held, held_now
from loyalty.locations.hours import WorkCalendar, practice_calendar
from loyalty.models import Drift, Patient, PlaybookRule, Touchpoint, TouchpointState, Trigger, Visit, VisitStatus
from loyalty.touchpoints.channel import channels_for
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.in_force import rules_in_force
from loyalty.touchpoints.wanted import BY_HAND

# A practice that switches the rule on with three hundred waiting must not find three hundred calls the next morning.
MOST_A_NIGHT = 5


def plan_drifting(*, now: datetime) -> int:
    """Make the night's contacts; returns how many. One a patient and rule after each last visit.

    Whoever is known from imported history only is left to people: the playbook acts on what happened since.
    """
    rules = rules_in_force(Trigger.DRIFTING)
    calendar = practice_calendar()
    today = now.astimezone(calendar.zone).date()
    made: list[Touchpoint] = []
    with transaction.atomic():
        for rule in rules:
            asked = Touchpoint.objects.filter(rule=rule, patient=OuterRef("patient"), day__gt=OuterRef("last_on"))
            waiting = _ours(today).exclude(left_now(today=today)).exclude(seen_to(now=now))
            waiting = waiting.exclude(Exists(asked.exclude(state=TouchpointState.CANCELLED)))
            # They would take the places of others, night after night.
            out = held_now(today=today).filter(holdout__kind=rule.kind, patient=OuterRef("patient"))
            waiting = waiting.exclude(Exists(out))
            chosen = list(waiting[:MOST_A_NIGHT])
            # Held, so that a wish that is noted at this very moment is seen.
            locked = Patient.objects.select_for_update(no_key=True).filter(id__in=[one.patient_id for one in chosen])
            may = {one.id for one in locked.order_by("id") if one.may_be_contacted}
            may -= held(rule, [Asked(one, today) for one in sorted(may)], today=today)
            new = asked_for(rule, [one for one in chosen if one.patient_id in may], calendar=calendar, now=now)
            made += Touchpoint.objects.bulk_create(new)
        if rules:
            audit.record("drift.planned", patients=[one.patient_id for one in made])
    return len(made)


def asked_for(rule: PlaybookRule, late: Sequence[Drift], *, calendar: WorkCalendar, now: datetime) -> list[Touchpoint]:
    """What the rule asks for, unsaved and in their order."""
    today = now.astimezone(calendar.zone).date()
    channels = [rule.channel] * len(late)
    if rule.channel not in BY_HAND:
        channels = channels_for([(one.patient, today) for one in late], planned=rule.channel)
    return [
        Touchpoint(
            patient=one.patient,
            # A rule that is only tried out is in no table.
            rule=None if rule._state.adding else rule,
            kind=rule.kind,
            channel=channel,
            day=today,
            due_at=due_at(rule, event=now, visit_starts=now, calendar=calendar, now=now),
            role=rule.role,
        )
        for one, channel in zip(late, channels, strict=True)
    ]


def became_late(*, first: date, last: date) -> list[Drift]:
    """Those of the playbook who should have been back from a day of `first` to `last` on, and are still away."""
    return list(_ours(last).filter(late_from__gte=first, late_from__lte=last))


def _ours(today: date) -> QuerySet[Drift]:
    lived = Visit.objects.filter(patient=OuterRef("patient"), status=VisitStatus.COMPLETED, is_history=False)
    return drifting(today=today).filter(Exists(lived))
