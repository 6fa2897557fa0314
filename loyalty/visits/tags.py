"""A word or two beside a visit: worth knowing at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loyalty.drifting.spoken import spoken_length
from loyalty.models import OccasionKind
from loyalty.visits.brief import coming_occasions
from loyalty.visits.facts import VisitFacts
from loyalty.visits.spoken import counted, short_date, spoken_day

Tone = Literal["good", "warn", "accent", ""]

# Away for half as long again as usual, or for half a year where no habit is known yet.
AWAY_FACTOR = 1.5
AWAY_DAYS = 182


@dataclass(frozen=True, slots=True)
class Tag:
    tone: Tone
    text: str


def tags_of(facts: VisitFacts, *, late_minutes: int) -> tuple[Tag, ...]:
    """The most urgent first."""
    return (*_late(facts, late_minutes), *_recovery(facts), *_news(facts), *_away(facts), *_occasions(facts))


def _late(facts: VisitFacts, minutes: int) -> Iterator[Tag]:
    if minutes:
        yield Tag("warn", f"{'Came ' if facts.arrived_at else ''}{counted(minutes, 'minute')} late")


def _recovery(facts: VisitFacts) -> Iterator[Tag]:
    if facts.recovery:
        yield Tag("warn", "Being made good" if facts.recovery.contacted else "Waiting on our reply")


def _news(facts: VisitFacts) -> Iterator[Tag]:
    if not facts.visits_before:
        yield Tag("good", "New patient")
    if facts.left_feedback:
        yield Tag("good", "Left feedback")


def _away(facts: VisitFacts) -> Iterator[Tag]:
    if facts.last_day is None or facts.first_day is None:
        return
    away = (facts.day - facts.last_day).days
    if facts.drift:
        yield Tag("accent", f"Back after {spoken_length(away)}")
        return
    rhythm = (facts.last_day - facts.first_day).days / (facts.visits_before - 1) if facts.visits_before > 2 else None
    if away >= (rhythm * AWAY_FACTOR if rhythm else AWAY_DAYS) and away >= 14:
        yield Tag("accent", f"Back after {away // 7} weeks")


def _occasions(facts: VisitFacts) -> Iterator[Tag]:
    for one in coming_occasions(facts)[:2]:
        if one.kind == OccasionKind.BIRTHDAY:
            when = spoken_day(one.day, today=facts.day)
            yield Tag("accent", f"{one.what} {when if when in ('today', 'tomorrow') else f'on {when}'}")
        else:
            yield Tag("accent", f"{one.what} {short_date(one.day)}")
