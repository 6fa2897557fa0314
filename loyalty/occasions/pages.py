"""A week or a month of personal days, and what became of each."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from core import audit
from loyalty.models import Guardianship, Patient, Touchpoint, TouchpointChannel, TouchpointKind, TouchpointState
from loyalty.occasions.asked_for import LEAD_DAYS
from loyalty.occasions.falling import Falling, falling
from loyalty.occasions.honor import LATEST_DAYS
from loyalty.occasions.wording import occasion_words
from loyalty.patients.letters import newest_answer, no_letters
from loyalty.patients.name import shown_name
from loyalty.patients.reach import birth_of, mail_allowed, patients_turned_to, wishes_of
from loyalty.practice_zone import practice_zone
from loyalty.visits.spoken import spoken_moment

# As far as the calendar can be turned, either way: what recurs recurs forever.
FURTHEST = timedelta(days=3 * 365)


class State(StrEnum):
    """AHEAD: nobody has to do anything yet. DUE: it can be honored now. MISSED: it went by without a word."""

    HONORED = "honored"
    SKIPPED = "skipped"
    DUE = "due"
    AHEAD = "ahead"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class DayItem:
    """what: "50th birthday". occasion_id: of what was told, None for birthdays and years with us.

    contact_id: of what was planned or made. told: when and by whom it was honored, or why not. wishes: discretion.
    may_card: mail may go there. is_minor: the guardian is turned to. may_undo: it was settled today.
    """

    patient_id: UUID
    name: str
    what: str
    occasion_id: UUID | None
    state: State
    contact_id: UUID | None
    channel: str
    told: str
    wishes: tuple[str, ...]
    may_card: bool
    is_minor: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class PersonalDay:
    day: date
    items: tuple[DayItem, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """first and last day, both included. before, after: the first day of the neighbors, None beyond the calendar.

    honored, fell: of those whose day has come.
    """

    today: date
    first: date
    last: date
    before: date | None
    after: date | None
    days: tuple[PersonalDay, ...]
    honored: int
    fell: int

    @property
    def count(self) -> int:
        return sum(len(day.items) for day in self.days)


def week_of(day: date | None, *, now: datetime) -> Span:
    """Monday to Sunday around `day`, around today without it."""
    zone = practice_zone()
    day = _within(day, zone=zone, now=now)
    first = day - timedelta(days=day.weekday())
    return _span(first, 7, before=first - timedelta(days=7), after=first + timedelta(days=7), zone=zone, now=now)


def month_of(day: date | None, *, now: datetime) -> Span:
    zone = practice_zone()
    first = _within(day, zone=zone, now=now).replace(day=1)
    length = monthrange(first.year, first.month)[1]
    before = (first - timedelta(days=1)).replace(day=1)
    return _span(first, length, before=before, after=first + timedelta(days=length), zone=zone, now=now)


def _within(day: date | None, *, zone: ZoneInfo, now: datetime) -> date:
    today = now.astimezone(zone).date()
    return min(max(day or today, today - FURTHEST), today + FURTHEST)


def _span(first: date, length: int, *, before: date, after: date, zone: ZoneInfo, now: datetime) -> Span:
    today = now.astimezone(zone).date()
    found = falling(first=first, days=length)
    last = first + timedelta(days=length - 1)
    patients = Patient.objects.annotate(letters=newest_answer()).in_bulk({one.patient_id for one in found})
    contacts = _contacts(patients, first=first, last=last)
    guardians = _guardians(patients.values(), today=today)
    refusing = no_letters({one.id for named in guardians.values() for one in named})
    refusing |= {id for id, patient in patients.items() if patient.letters is False}
    days: dict[date, list[DayItem]] = {first + timedelta(days=number): [] for number in range(length)}
    for one in found:
        contact = contacts.get((one.patient_id, one.day))
        patient, turned_to = patients[one.patient_id], guardians.get(one.patient_id, ())
        days[one.day].append(_item(one, patient, turned_to, refusing, contact, zone=zone, now=now))
    audit.record("occasions.read", patients=patients)
    # One contact honors all that falls on a patient's day.
    fell = {(one.patient_id, one.day) for one in found if one.day <= today}
    honored = {key for key in fell if key in contacts and contacts[key].state == TouchpointState.DONE}
    return Span(
        today=today,
        first=first,
        last=last,
        before=before if before >= today - FURTHEST else None,
        after=after if after <= today + FURTHEST else None,
        days=tuple(PersonalDay(day, tuple(items)) for day, items in days.items()),
        honored=len(honored),
        fell=len(fell),
    )


def _contacts(patients: Collection[UUID], *, first: date, last: date) -> dict[tuple[UUID, date], Touchpoint]:
    found = (
        Touchpoint.objects.filter(
            kind=TouchpointKind.OCCASION, day__gte=first, day__lte=last, patient_id__in=list(patients)
        )
        .exclude(state=TouchpointState.CANCELLED)
        .select_related("done_by")
        .order_by("-created_at", "-id")
    )
    return {(one.patient_id, one.day): one for one in found}


def _guardians(patients: Iterable[Patient], *, today: date) -> Mapping[UUID, Sequence[Patient]]:
    """Of each minor those who are patients and may be turned to. One query, none where all are of age."""
    minors = [one.id for one in patients if birth_of(one).may_be_minor_on(today)]
    named: dict[UUID, list[Guardianship]] = defaultdict(list)
    if minors:
        for one in Guardianship.objects.filter(patient_id__in=minors).select_related("guardian").order_by("id"):
            named[one.patient_id].append(one)
    return {patient_id: patients_turned_to(ones, today=today) for patient_id, ones in named.items()}


def _item(
    one: Falling,
    patient: Patient,
    guardians: Sequence[Patient],
    refusing: Collection[UUID],
    contact: Touchpoint | None,
    *,
    zone: ZoneInfo,
    now: datetime,
) -> DayItem:
    today = now.astimezone(zone).date()
    said_no = any(person.id in refusing for person in (patient, *guardians))
    return DayItem(
        patient_id=one.patient_id,
        name=shown_name(one.given, one.preferred, one.family),
        what=occasion_words(kind=one.kind, label=one.label, year=one.year, day=one.day),
        occasion_id=one.occasion_id,
        state=_state(one, contact, today=today),
        contact_id=contact.id if contact else None,
        channel=contact.channel if contact else "",
        told=_told(contact, zone=zone, now=now) if contact else "",
        wishes=(*wishes_of(patient, *guardians), *(("No letters",) if said_no else ())),
        may_card=mail_allowed(patient, *guardians) and not said_no,
        is_minor=birth_of(patient).may_be_minor_on(today),
        may_undo=bool(contact and contact.done_at and contact.done_at.astimezone(zone).date() == today),
    )


def _state(one: Falling, contact: Touchpoint | None, *, today: date) -> State:
    if contact is not None and contact.state == TouchpointState.DONE:
        return State.HONORED
    if contact is not None and contact.state == TouchpointState.SKIPPED:
        return State.SKIPPED
    away = (one.day - today).days
    if away < -LATEST_DAYS:
        return State.MISSED
    lead = LEAD_DAYS if one.lead_days is None else one.lead_days
    return State.DUE if contact is not None or away <= lead else State.AHEAD


def _told(contact: Touchpoint, *, zone: ZoneInfo, now: datetime) -> str:
    """ "Card, on November 20 at 2:05 pm by Maya", "They are traveling"."""
    if contact.state == TouchpointState.SKIPPED:
        return contact.outcome
    if contact.state != TouchpointState.DONE or contact.done_at is None:
        return ""
    how = {TouchpointChannel.CARD: "Card", TouchpointChannel.CALL: "Call", TouchpointChannel.LETTER: "Letter"}.get(
        TouchpointChannel(contact.channel), "In person" if contact.channel == TouchpointChannel.IN_PERSON else "Message"
    )
    whom = f" by {contact.done_by.display_name}" if contact.done_by else ""
    return f"{how}, {spoken_moment(contact.done_at, zone=zone, now=now)}{whom}"
