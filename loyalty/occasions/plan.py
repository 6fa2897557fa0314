"""Personal days become contacts some days ahead, so that a card arrives in time. Run every day."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import audit
from loyalty.locations.hours import WorkCalendar, calendar_of
from loyalty.models import (
    OPEN_STATUSES,
    Location,
    Patient,
    PlaybookRule,
    Touchpoint,
    TouchpointChannel,
    TouchpointState,
    Trigger,
    Visit,
    VisitStatus,
)
from loyalty.occasions.falling import Falling, falling
from loyalty.patients.reach import birth_of, mail_allowed
from loyalty.touchpoints.channel import channel_for
from loyalty.touchpoints.due import due_at

# What was told may say itself how many days ahead; birthdays and years with us a week. Further nobody plans a card.
LEAD_DAYS, FURTHEST_DAYS = 7, 60
# The birthday of somebody who has not been here for two years is not ours to celebrate.
STILL_OURS_DAYS = 730
_MORNING = time(9, 0)


def plan_occasions(*, now: datetime) -> int:
    """Make the contacts that are to be planned by `now`; returns how many. Run again, it makes no second one.

    One contact a patient and day; of people who came within two years or have a visit ahead. Minors are left to a
    person's judgment: it would be the guardian who is written to.
    """
    rule = PlaybookRule.objects.filter(trigger=Trigger.OCCASION, is_on=True, funded_by_vendor=False).first()
    location = Location.objects.filter(is_active=True).order_by("created_at", "id").first()
    if rule is None or location is None:
        return 0
    calendar = calendar_of(location)
    today = now.astimezone(calendar.zone).date()
    near = [one for one in falling(first=today, days=FURTHEST_DAYS + 1) if (one.day - today).days <= _lead(one)]
    with transaction.atomic():
        patients = _ours({one.patient_id for one in near}, today=today)
        planned = set(
            Touchpoint.objects.filter(kind=rule.kind, day__gte=today, patient_id__in=patients)
            .exclude(state=TouchpointState.CANCELLED)
            .values_list("patient_id", "day")
        )
        # Of two on one day the first is meant: a birthday before what was told, that before years with us.
        new = {(one.patient_id, one.day): one for one in reversed(near) if one.patient_id in patients}
        made = [
            _unsaved(rule, one, patients[one.patient_id], today=today, calendar=calendar, now=now)
            for key, one in new.items()
            if key not in planned
        ]
        Touchpoint.objects.bulk_create(made)
        audit.record("occasions.planned", patients=[one.patient_id for one in made])
    return len(made)


def _lead(one: Falling) -> int:
    return min(LEAD_DAYS if one.lead_days is None else one.lead_days, FURTHEST_DAYS)


def _ours(patient_ids: set[UUID], *, today: date) -> dict[UUID, Patient]:
    """Those who came lately or will come, and are of age; held until the transaction ends."""
    recent = Q(status=VisitStatus.COMPLETED, day__gte=today - timedelta(days=STILL_OURS_DAYS))
    known = Visit.objects.filter(recent | Q(status__in=OPEN_STATUSES), patient_id__in=patient_ids)
    patients = Patient.objects.select_for_update(no_key=True).filter(id__in=known.values("patient_id")).order_by("id")
    return {one.id: one for one in patients if one.may_be_contacted and not birth_of(one).may_be_minor_on(today)}


def _unsaved(
    rule: PlaybookRule, one: Falling, patient: Patient, *, today: date, calendar: WorkCalendar, now: datetime
) -> Touchpoint:
    morning = datetime.combine(one.day, _MORNING, tzinfo=calendar.zone)
    return Touchpoint(
        patient=patient,
        occasion_id=one.occasion_id,
        rule=rule,
        kind=rule.kind,
        channel=_channel(rule, patient, today=today),
        day=one.day,
        due_at=due_at(rule, event=morning, visit_starts=morning, calendar=calendar, now=now),
        role=rule.role,
    )


def _channel(rule: PlaybookRule, patient: Patient, *, today: date) -> str:
    if rule.channel == TouchpointChannel.CARD:
        return TouchpointChannel.CARD if mail_allowed(patient) else TouchpointChannel.IN_PERSON
    return channel_for(patient, planned=rule.channel, today=today)
