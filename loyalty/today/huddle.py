"""The sheet for the morning: who comes, what to remember, say and take care of, and what falls due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from core import audit
from loyalty.models import Touchpoint, TouchpointKind, TouchpointState, VisitStatus
from loyalty.occasions.upcoming import OccasionItem, upcoming
from loyalty.today.places import Place, open_places
from loyalty.today.urgent import read_urgent
from loyalty.visits.brief import Brief, brief_of
from loyalty.visits.facts import VisitFacts, facts_of_day
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_time
from loyalty.visits.tags import Tag, tags_of

_TAKES_PLACE = frozenset(VisitStatus.values) - {VisitStatus.CANCELLED, VisitStatus.NO_SHOW}


@dataclass(frozen=True, slots=True)
class HuddleVisit:
    """time: "9:15 am", where the location is. service, staff: "" where none is set. brief: None where none is known."""

    patient_id: UUID
    time: str
    name: str
    service: str
    staff: str
    tags: tuple[Tag, ...]
    brief: Brief | None


@dataclass(frozen=True, slots=True)
class Huddle:
    """occasions: of the day. recoveries, calls, notes: open ones of the practice that are due by the end of the day."""

    location: Place
    places: tuple[Place, ...]
    day: date
    is_today: bool
    visits: tuple[HuddleVisit, ...]
    occasions: tuple[OccasionItem, ...]
    recoveries: int
    calls: int
    notes: int

    @property
    def first_visits(self) -> int:
        return sum(any(tag.text == "New patient" for tag in one.tags) for one in self.visits)


def huddle(
    *, now: datetime, location_id: UUID | None = None, ahead: int = 0, clinical: bool = False, feedback: bool = False
) -> Huddle:
    """ahead: 0 for today, 1 for tomorrow. Raises NotFound for a location that is not open.

    clinical, feedback: whether whoever holds the sheet may see clinical memories, and what patients answered.
    """
    here, places = open_places(location_id)
    zone = zone_of(here.time_zone)
    day = now.astimezone(zone).date() + timedelta(days=ahead)
    facts = [
        one
        for one in facts_of_day(location_id=here.id, day=day, clinical=clinical, feedback=feedback)
        if one.status in _TAKES_PLACE
    ]
    occasions = tuple(item for one in upcoming(first=day, days=1) for item in one.items)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    # Whatever will be late by the evening belongs on the sheet of the morning.
    due = read_urgent(now=end, evening=end, feedback=feedback)
    audit.record(
        "huddle.read",
        patients=[*(one.patient_id for one in facts), *(item.patient_id for item in occasions)],
        detail={"location": here.id, "day": day.isoformat()},
    )
    return Huddle(
        location=here,
        places=places,
        day=day,
        is_today=ahead == 0,
        visits=tuple(_visit(one) for one in facts),
        occasions=occasions,
        recoveries=due.recoveries,
        calls=due.calls,
        notes=_notes_due(end),
    )


def _notes_due(end: datetime) -> int:
    notes = Touchpoint.objects.filter(kind=TouchpointKind.NOTE, state=TouchpointState.PLANNED, due_at__lt=end)
    return notes.exclude(patient__deceased=True).exclude(patient__no_contact=True).count()


def _visit(facts: VisitFacts) -> HuddleVisit:
    return HuddleVisit(
        patient_id=facts.patient_id,
        time=spoken_time(facts.starts_at, zone_of(facts.time_zone)),
        name=facts.name,
        service=facts.service,
        staff=facts.staff,
        tags=tags_of(facts, late_minutes=0),
        brief=brief_of(facts),
    )
