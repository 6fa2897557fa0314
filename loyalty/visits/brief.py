"""What the team should know before a visit: remember, say, take care. Each line names where it comes from.

One small rule a function: facts in, lines out. A rule knows nothing of the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from loyalty.drifting.spoken import reason_of
from loyalty.models import BriefPart, OccasionKind, TouchpointState
from loyalty.occasions.calendar import next_on
from loyalty.visits.facts import VisitFacts
from loyalty.visits.spoken import counted, ordinal_word, spoken_date, spoken_day

# How far ahead a birthday or another personal day is worth a word.
OCCASION_DAYS = 21


@dataclass(frozen=True, slots=True)
class BriefLine:
    """source: what the line rests on, e.g. "Memory, told Dr. Sato on June 15" or "Visit of June 15"."""

    text: str
    source: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Brief:
    remember: tuple[BriefLine, ...]
    say: tuple[BriefLine, ...]
    take_care: tuple[BriefLine, ...]

    @property
    def parts(self) -> tuple["BriefSection", ...]:
        """Those that hold something, in the order in which they are read."""
        named = (("Remember", self.remember), ("Say", self.say), ("Take care", self.take_care))
        return tuple(BriefSection(title, lines) for title, lines in named if lines)


@dataclass(frozen=True, slots=True)
class BriefSection:
    title: str
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True, slots=True)
class ComingOccasion:
    what: str
    kind: str
    day: date


Rule = Callable[[VisitFacts], Iterator[BriefLine]]


def brief_of(facts: VisitFacts) -> Brief | None:
    """None where nothing is known. `facts` hold only what the asker may see."""
    brief = Brief(*(tuple(line for rule in rules for line in rule(facts)) for rules in (_REMEMBER, _SAY, _TAKE_CARE)))
    return brief if brief.remember or brief.say or brief.take_care else None


def hint_of(brief: Brief | None) -> str:
    """The one line to show where there is room for one: what to take care of, else what somebody told us."""
    if brief is None:
        return ""
    lines = (*brief.take_care, *brief.remember, *brief.say)
    told = [line for line in lines if line.source.startswith("Memory")]
    return (*brief.take_care, *told, *lines)[0].text


def coming_occasions(facts: VisitFacts) -> list[ComingOccasion]:
    """Personal days from the visit on, the nearest first."""
    days = [
        ComingOccasion(one.label or one.kind.capitalize(), one.kind, next_on(one.month, one.day, first=facts.day))
        for one in facts.occasions
        if not (one.kind == OccasionKind.BIRTHDAY and not one.label and facts.birth.day)
    ]
    if facts.birth.month and facts.birth.day:
        birthday = next_on(facts.birth.month, facts.birth.day, first=facts.day)
        days.append(ComingOccasion("Birthday", OccasionKind.BIRTHDAY, birthday))
    near = [one for one in days if (one.day - facts.day).days <= OCCASION_DAYS]
    return sorted(near, key=lambda one: (one.day, one.what))


def _first_visit(facts: VisitFacts) -> Iterator[BriefLine]:
    if not facts.visits_before:
        yield BriefLine("First visit.", "Visits")
    if not facts.visits_before and facts.referrer:
        yield BriefLine(f"Sent by {facts.referrer}.", "Referral")


def _last_visit(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.last_day:
        when = spoken_date(facts.last_day, today=facts.day)
        whom = f" with {facts.last_staff}" if facts.last_staff else ""
        number = ordinal_word(facts.visits_before + 1).capitalize()
        yield BriefLine(f"{number} visit. Last here {when}{whom}.", f"Visit of {when}")


def _was_missed(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.drift:
        yield BriefLine(f"{reason_of(facts.drift, today=facts.day)}.", "Visits")


def _liked(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.answer and facts.answer.liked:
        yield BriefLine(f"Liked: “{_short(facts.answer.liked)}”", _answered(facts))


def _occasion(facts: VisitFacts) -> Iterator[BriefLine]:
    for one in coming_occasions(facts)[:2]:
        when = spoken_day(one.day, today=facts.day)
        said = when if when in ("today", "tomorrow") else f"on {when}"
        yield BriefLine(f"{one.what} {said}.", "Occasion")


def _promise(facts: VisitFacts) -> Iterator[BriefLine]:
    for text in facts.promises:
        yield BriefLine(f"Promised: {text}", "Promise")


def _not_told_yet(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.preview in (TouchpointState.PLANNED, TouchpointState.HELD, TouchpointState.SKIPPED):
        yield BriefLine("Nobody has told them what to expect yet.", "Service preview")


def _sent_friends(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.sent:
        people = "somebody" if facts.sent == 1 else counted(facts.sent, "person").replace("persons", "people")
        yield BriefLine(f"Thank them for sending {people} to us.", "Referral")


def _recovery(facts: VisitFacts) -> Iterator[BriefLine]:
    recovery = facts.recovery
    if recovery is None:
        return
    when = spoken_date(recovery.day, today=facts.day)
    next_step = "We have been in touch; ask how it is now." if recovery.contacted else "Apologize in person."
    if recovery.score is None:
        yield BriefLine(f"Something went wrong on {when}. {next_step}", "Open recovery")
        return
    words = f": “{_short(recovery.better)}”" if recovery.better else ""
    stop = "" if words else "."
    yield BriefLine(f"Gave {recovery.score} of 10 on {when}{words}{stop} {next_step}", "Open recovery")


def _better(facts: VisitFacts) -> Iterator[BriefLine]:
    if facts.answer and facts.answer.better and not facts.recovery:
        yield BriefLine(f"Could have been better last time: “{_short(facts.answer.better)}”", _answered(facts))


def _told(part: BriefPart) -> Rule:
    def memories(facts: VisitFacts) -> Iterator[BriefLine]:
        for memory in facts.memories:
            if memory.part == part:
                yield BriefLine(memory.text, f"Memory, {memory.source}")

    return memories


def _answered(facts: VisitFacts) -> str:
    return f"Feedback of {spoken_date(facts.answer.day, today=facts.day)}" if facts.answer else "Feedback"


def _short(words: str, limit: int = 140) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= limit else f"{one_line[: limit - 1].rsplit(' ', 1)[0]}…"


_REMEMBER: tuple[Rule, ...] = (_first_visit, _last_visit, _was_missed, _told(BriefPart.REMEMBER), _liked)
_SAY: tuple[Rule, ...] = (_told(BriefPart.SAY), _occasion, _promise, _not_told_yet, _sent_friends)
_TAKE_CARE: tuple[Rule, ...] = (_recovery, _told(BriefPart.TAKE_CARE), _better)
