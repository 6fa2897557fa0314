"""The journey of one visit, from the first question to the note after it, and its experience score.

The score is the share of the applicable steps that were done, 0-100: told what to expect, promises kept, seen within
ten minutes, brief read, asked at checkout, thanked by hand within 48 hours (domain.md, "The ultimate experience").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from loyalty.models import Promise, TouchpointKind, TouchpointState, VisitSource, VisitStatus
from loyalty.visits.facts import VisitFacts
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import counted, spoken_date, spoken_time

LONGEST_WAIT = timedelta(minutes=10)
NOTE_WITHIN = timedelta(hours=48)
HELD_OUT = "Held out on purpose, by lot"

# ahead: its time has not come. missing: it should have been done, and was not. left_out: it does not apply.
State = Literal["done", "ahead", "missing", "left_out"]


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """counts: whether it is one of the six of the score. detail: when and how it was, or what to do about it."""

    key: str
    text: str
    state: State
    detail: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """score: 0-100 once the visit is over, None before and for visits that did not take place or are history.

    of: how many steps it rests on; open: how many of the six are still ahead, so that it may change.
    missing: what was not done, in the words of the steps.
    """

    steps: tuple[JourneyStep, ...]
    score: int | None
    done: int
    of: int
    open: int
    missing: tuple[str, ...]


def journey_of(facts: VisitFacts, *, now: datetime) -> Journey:
    told = _Told(facts, now)
    steps = tuple(step for make in _STEPS for step in make(told))
    judged = [one for one in steps if one.counts and one.state in ("done", "missing")]
    done = sum(one.state == "done" for one in judged)
    is_over = facts.status == VisitStatus.COMPLETED and not facts.is_history
    return Journey(
        steps=steps,
        score=round(100 * done / len(judged)) if is_over and judged else None,
        done=done,
        of=len(judged),
        open=sum(one.counts and one.state == "ahead" for one in steps),
        missing=tuple(one.text for one in judged if one.state == "missing"),
    )


def waited(facts: VisitFacts, *, now: datetime) -> timedelta | None:
    """From arrival, or from the booked time for those who came early, until called in or now; None where not known."""
    if facts.arrived_at is None:
        return None
    if facts.seen_at is None and facts.status != VisitStatus.ARRIVED:
        return None
    begin = facts.arrived_at if facts.source == VisitSource.WALK_IN else max(facts.arrived_at, facts.starts_at)
    return max((facts.seen_at or now) - begin, timedelta())


@dataclass(frozen=True, slots=True)
class _Told:
    facts: VisitFacts
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.facts.time_zone)

    @property
    def is_over(self) -> bool:
        return self.facts.status == VisitStatus.COMPLETED

    @property
    def is_today(self) -> bool:
        return self.now.astimezone(self.zone).date() <= self.facts.day

    @property
    def takes_place(self) -> bool:
        return self.facts.status not in (VisitStatus.NO_SHOW, VisitStatus.CANCELLED)

    def at(self, moment: datetime) -> str:
        """ "9:05 am" on the day of the visit, "November 20, 9:05 am" on another."""
        day: date = moment.astimezone(self.zone).date()
        clock = spoken_time(moment, self.zone)
        return clock if day == self.facts.day else f"{spoken_date(day, today=self.facts.day)}, {clock}"


Make = Callable[[_Told], Iterator[JourneyStep]]


def _asked_first(told: _Told) -> Iterator[JourneyStep]:
    facts = told.facts
    if facts.inquired_at:
        called = facts.first_called_at
        detail = f"First call {told.at(called)}" if called else "Nobody called back"
        yield JourneyStep("inquiry", "Asked about a first visit", "done" if called else "missing", detail)


def _booked(told: _Told) -> Iterator[JourneyStep]:
    if told.facts.source == VisitSource.WALK_IN:
        yield JourneyStep("booked", "Walked in", "done")
    elif told.facts.booked_at:
        yield JourneyStep("booked", "Booked", "done", told.at(told.facts.booked_at))


def _told_what_to_expect(told: _Told) -> Iterator[JourneyStep]:
    facts, text = told.facts, "Told what to expect"
    if facts.preview == TouchpointState.DONE:
        yield JourneyStep("preview", text, "done", told.at(facts.told_at) if facts.told_at else "", counts=True)
    elif TouchpointKind.PREVIEW in facts.held_out and not facts.preview:
        yield JourneyStep("preview", text, "left_out", HELD_OUT, counts=True)
    elif facts.source == VisitSource.WALK_IN or facts.is_history:
        yield JourneyStep("preview", text, "left_out", "Nothing was booked ahead", counts=True)
    elif told.is_over or not told.takes_place or facts.status == VisitStatus.ARRIVED:
        yield JourneyStep("preview", text, "missing", "Nobody told them before the visit", counts=True)
    else:
        yield JourneyStep("preview", text, "ahead", "Stands on the call list" if facts.preview else "", counts=True)


def _confirmed_or_here(told: _Told) -> Iterator[JourneyStep]:
    facts = told.facts
    if facts.arrived_at:
        late = facts.arrived_at - facts.starts_at
        minutes = int(late.total_seconds() // 60)
        words = f", {counted(minutes, 'minute')} late" if minutes > 5 and facts.source != VisitSource.WALK_IN else ""
        yield JourneyStep("here", "Arrived", "done", f"{told.at(facts.arrived_at)}{words}")
    elif not told.is_over:
        yield JourneyStep("here", "Arrived", "ahead" if told.takes_place else "left_out")


def _brief_read(told: _Told) -> Iterator[JourneyStep]:
    facts, text = told.facts, "Brief read"
    if facts.brief_read_at:
        yield JourneyStep("brief", text, "done", told.at(facts.brief_read_at), counts=True)
    elif facts.is_history:
        yield JourneyStep("brief", text, "left_out", counts=True)
    else:
        yield JourneyStep("brief", text, "missing" if told.is_over else "ahead", counts=True)


def _seen_in_time(told: _Told) -> Iterator[JourneyStep]:
    facts, text = told.facts, "Seen within 10 minutes"
    wait = waited(facts, now=told.now)
    if facts.seen_at and wait is not None:
        minutes = int(wait.total_seconds() // 60)
        state: State = "done" if wait <= LONGEST_WAIT else "missing"
        detail = f"Waited {counted(minutes, 'minute')}" if minutes else "At once"
        yield JourneyStep("seen", text, state, detail, counts=True)
    elif told.is_over:
        # Nobody noted the arrival, or the beginning: that is not known, so it is not held against anybody.
        yield JourneyStep("seen", text, "left_out", "Waiting was not noted", counts=True)
    else:
        yield JourneyStep("seen", text, "ahead", counts=True)


def _promises(told: _Told) -> Iterator[JourneyStep]:
    facts = told.facts
    if not facts.promises:
        return
    number = len(facts.promises)
    text = "Promise kept" if number == 1 else f"{number} promises kept"
    answered = [kept for kept in facts.answers if kept]
    if not answered:
        state: State = "left_out" if told.is_over or not told.takes_place else "ahead"
        yield JourneyStep("promises", text, state, "The patient was not asked yet" if told.is_over else "", counts=True)
        return
    kept = sum(one == Promise.Kept.YES for one in answered)
    detail = f"The patient says: {kept} of {len(answered)} kept"
    yield JourneyStep("promises", text, "done" if kept == len(answered) else "missing", detail, counts=True)


def _asked_how_it_was(told: _Told) -> Iterator[JourneyStep]:
    facts, text = told.facts, "Asked how it was, at checkout"
    if facts.asked:
        detail = "Answered" if facts.left_feedback else "Not answered"
        yield JourneyStep("asked", text, "done", detail, counts=True)
    elif facts.is_history:
        yield JourneyStep("asked", text, "left_out", counts=True)
    elif told.is_over and not told.is_today:
        yield JourneyStep("asked", text, "missing", counts=True)
    else:
        # Whoever pays and leaves is asked after the visit is over: it is late with the end of the day only.
        detail = "The tablet asks until the day ends" if told.is_over else ""
        yield JourneyStep("asked", text, "ahead", detail, counts=True)


def _thanked(told: _Told) -> Iterator[JourneyStep]:
    facts, text = told.facts, "Thanked by hand within 48 hours"
    over = facts.completed_at
    if not told.is_over or over is None:
        yield JourneyStep("note", text, "ahead" if told.takes_place else "left_out", counts=True)
    elif facts.note is None or facts.note.state == TouchpointState.HELD:
        held = HELD_OUT if TouchpointKind.NOTE in facts.held_out else "No note is due"
        if facts.note:
            held = "Held until the recovery is closed"
        yield JourneyStep("note", text, "left_out", held, counts=True)
    elif facts.note.done_at and facts.note.state == TouchpointState.DONE:
        in_time = facts.note.done_at <= over + NOTE_WITHIN
        yield JourneyStep("note", text, "done" if in_time else "missing", told.at(facts.note.done_at), counts=True)
    elif facts.note.state == TouchpointState.SKIPPED:
        yield JourneyStep("note", text, "missing", "Set aside", counts=True)
    elif told.now <= over + NOTE_WITHIN:
        yield JourneyStep("note", text, "ahead", f"Due by {told.at(over + NOTE_WITHIN)}", counts=True)
    else:
        yield JourneyStep("note", text, "missing", "Still to be written", counts=True)


_STEPS: tuple[Make, ...] = (
    _asked_first,
    _booked,
    _told_what_to_expect,
    _confirmed_or_here,
    _brief_read,
    _seen_in_time,
    _promises,
    _asked_how_it_was,
    _thanked,
)
