"""What the playbook asks for when a personal day comes near: the same for tomorrow and for a month looked back on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from loyalty.locations.hours import WorkCalendar
from loyalty.models import (
    OPEN_STATUSES,
    DelayUnit,
    OccasionKind,
    OccasionOf,
    Patient,
    PlaybookRule,
    Touchpoint,
    TouchpointChannel,
    Visit,
    VisitStatus,
)
from loyalty.occasions.falling import Falling
from loyalty.occasions.wording import WITH_US
from loyalty.patients.letters import no_letters
from loyalty.patients.reach import birth_of, mail_allowed
from loyalty.touchpoints.channel import channels_for
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.wanted import BY_HAND

# What was told may say itself how many days ahead; birthdays and years with us a week. Further nobody plans a card.
LEAD_DAYS, FURTHEST_DAYS = 7, 60
# The birthday of somebody who has not been here for two years is not ours to celebrate.
STILL_OURS_DAYS = 730
_MORNING = time(9, 0)
_OF = {WITH_US: OccasionOf.WITH_US, OccasionKind.BIRTHDAY.value: OccasionOf.BIRTHDAY}


def rule_for(rules: Sequence[PlaybookRule], one: Falling) -> PlaybookRule | None:
    """The first that is about such a day."""
    of = _OF.get(one.kind, OccasionOf.TOLD)
    return next((rule for rule in rules if rule.occasion in ("", of)), None)


def lead_days(one: Falling, rule: PlaybookRule) -> int:
    """So many days ahead it is planned: early enough for the rule, too."""
    wished = LEAD_DAYS if one.lead_days is None else one.lead_days
    needed = -rule.delay
    match rule.delay_unit:
        case DelayUnit.WORKING_DAYS:
            needed = needed * 7 // 5 + 3
        case DelayUnit.HOURS:
            needed = needed // 24 + 1
    return min(max(wished, needed), FURTHEST_DAYS)


def ours(patient_ids: set[UUID], *, today: date, held: bool) -> dict[UUID, Patient]:
    """Those who came lately or will come, and are of age. held: until the transaction ends."""
    recent = Q(status=VisitStatus.COMPLETED, day__gte=today - timedelta(days=STILL_OURS_DAYS))
    known = Visit.objects.filter(recent | Q(status__in=OPEN_STATUSES), patient_id__in=patient_ids)
    patients = Patient.objects.filter(id__in=known.values("patient_id")).order_by("id")
    if held:
        patients = patients.select_for_update(no_key=True)
    return {one.id: one for one in patients if one.may_be_contacted and not birth_of(one).may_be_minor_on(today)}


def first_of_each_day(near: Sequence[tuple[Falling, PlaybookRule]]) -> list[tuple[Falling, PlaybookRule]]:
    """One a patient and day: a birthday before what was told, that before years with us."""
    return list({(pair[0].patient_id, pair[0].day): pair for pair in reversed(near)}.values())


def asked_for(
    near: Sequence[tuple[Falling, PlaybookRule]],
    patients: Mapping[UUID, Patient],
    *,
    calendar: WorkCalendar,
    planned_at: Callable[[Falling, PlaybookRule], datetime],
) -> list[Touchpoint]:
    """Unsaved, in their order."""
    channels = _channels(near, patients, calendar, planned_at)
    return [
        _unsaved(rule, one, patients[one.patient_id], channel=channel, calendar=calendar, now=planned_at(one, rule))
        for (one, rule), channel in zip(near, channels, strict=True)
    ]


def _channels(
    near: Sequence[tuple[Falling, PlaybookRule]],
    patients: Mapping[UUID, Patient],
    calendar: WorkCalendar,
    planned_at: Callable[[Falling, PlaybookRule], datetime],
) -> list[str]:
    """As many queries as there are channels that are not by hand, three to five each; one more where a card may be."""
    spoken = {rule.channel for _, rule in near if rule.channel not in BY_HAND}
    whom = [(patients[one.patient_id], planned_at(one, rule).astimezone(calendar.zone).date()) for one, rule in near]
    is_card = any(rule.channel == TouchpointChannel.CARD for _, rule in near)
    refusing = no_letters(patients) if is_card else frozenset[UUID]()
    by_channel = {channel: channels_for(whom, planned=channel) for channel in spoken}
    return [
        by_channel[rule.channel][place]
        if rule.channel in spoken
        else _by_hand(rule, patients[one.patient_id], refusing)
        for place, (one, rule) in enumerate(near)
    ]


def _by_hand(rule: PlaybookRule, patient: Patient, refusing: Collection[UUID]) -> str:
    if rule.channel == TouchpointChannel.CARD and (patient.id in refusing or not mail_allowed(patient)):
        return TouchpointChannel.IN_PERSON
    return rule.channel


def _unsaved(
    rule: PlaybookRule, one: Falling, patient: Patient, *, channel: str, calendar: WorkCalendar, now: datetime
) -> Touchpoint:
    morning = datetime.combine(one.day, _MORNING, tzinfo=calendar.zone)
    return Touchpoint(
        patient=patient,
        occasion_id=one.occasion_id,
        # A rule that is only tried out is in no table.
        rule=None if rule._state.adding else rule,
        kind=rule.kind,
        channel=channel,
        day=one.day,
        due_at=due_at(rule, event=morning, visit_starts=morning, calendar=calendar, now=now),
        role=rule.role,
    )
