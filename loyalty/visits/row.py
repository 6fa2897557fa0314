"""One visit as a list shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from loyalty.models import VisitStatus
from loyalty.visits.brief import Brief, brief_of, hint_of
from loyalty.visits.facts import VisitFacts
from loyalty.visits.journey import LONGEST_WAIT, Journey, journey_of, waited
from loyalty.visits.local_time import zone_of
from loyalty.visits.tags import Tag, tags_of

RowState = Literal["done", "here", "next", "later", "no_show", "cancelled"]

# Five minutes are nobody's fault. After half an hour the team looks out for the one after.
LATE_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(minutes=30)

_SETTLED: dict[str, RowState] = {
    VisitStatus.COMPLETED: "done",
    VisitStatus.ARRIVED: "here",
    VisitStatus.NO_SHOW: "no_show",
    VisitStatus.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """at: in the location's time zone. service, staff: "" where none is set. hint: one line of the brief.

    late_minutes: how long after its time nobody has come yet, or how late the patient came; 0 up to five minutes.
    waiting: whole minutes that somebody who is here has not been called in for, None for everybody else; waits_long:
    beyond ten of them. seen: called in. brief_read, asked: somebody said so.
    brief: None where nothing is known, and for visits that do not take place. journey: of those that are over.
    """

    id: UUID
    at: datetime
    patient_id: UUID
    name: str
    service: str
    staff: str
    state: RowState
    late_minutes: int
    hint: str
    brief: Brief | None
    tags: tuple[Tag, ...]
    promises: tuple[str, ...]
    waiting: int | None = None
    waits_long: bool = False
    seen: bool = False
    brief_read: bool = False
    asked: bool = False
    journey: Journey | None = None


def visit_rows(facts: Sequence[VisitFacts], *, now: datetime) -> tuple[VisitRow, ...]:
    """`facts` in the order of their times. "next" is the first to come who is not given up yet; only one is."""
    coming = [one for one in facts if one.status not in _SETTLED and now < one.starts_at + GIVEN_UP_AFTER]
    next_id = coming[0].id if coming else None
    return tuple(_row(one, is_next=one.id == next_id, now=now) for one in facts)


def late_minutes(facts: VisitFacts, *, now: datetime) -> int:
    """0 for visits that do not take place, for those within five minutes, and where arrival was never noted."""
    if facts.status in (VisitStatus.NO_SHOW, VisitStatus.CANCELLED):
        return 0
    if facts.status == VisitStatus.COMPLETED and facts.arrived_at is None:
        return 0
    late = (facts.arrived_at or now) - facts.starts_at
    return int(late.total_seconds() // 60) if late > LATE_AFTER else 0


def _row(facts: VisitFacts, *, is_next: bool, now: datetime) -> VisitRow:
    state = _SETTLED.get(facts.status) or ("next" if is_next else "later")
    minutes = late_minutes(facts, now=now)
    takes_place = state not in ("no_show", "cancelled")
    brief = brief_of(facts) if takes_place else None
    wait = waited(facts, now=now) if state == "here" and facts.seen_at is None else None
    return VisitRow(
        id=facts.id,
        at=facts.starts_at.astimezone(zone_of(facts.time_zone)),
        patient_id=facts.patient_id,
        name=facts.name,
        service=facts.service,
        staff=facts.staff,
        state=state,
        late_minutes=minutes,
        hint=hint_of(brief),
        brief=brief,
        tags=tags_of(facts, late_minutes=minutes) if takes_place else (),
        promises=facts.promises,
        waiting=None if wait is None else int(wait.total_seconds() // 60),
        waits_long=wait is not None and wait > LONGEST_WAIT,
        seen=facts.seen_at is not None,
        brief_read=facts.brief_read_at is not None,
        asked=facts.asked,
        journey=journey_of(facts, now=now) if state == "done" else None,
    )
