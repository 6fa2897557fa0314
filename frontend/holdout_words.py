"""Hold-outs in the words of their pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from loyalty.holdouts.counted import Arm
from loyalty.holdouts.pages import HoldoutPage
from loyalty.holdouts.pooled_results import PooledResult
from loyalty.holdouts.power import Power
from loyalty.holdouts.running import running
from loyalty.models import Holdout, TouchpointKind


@dataclass(frozen=True, slots=True)
class What:
    """title: "Thank-you notes". gets: "get a thank-you note". without: "get no note". choice: in a list."""

    title: str
    gets: str
    without: str
    choice: str


WHAT = {
    "note": What("Thank-you notes", "got a note", "get no note", "The thank-you note after a visit"),
    "preview": What(
        "Calls before a visit",
        "were told before",
        "are not called before it",
        "The call before a visit, with what to expect",
    ),
    "occasion": What("Cards for personal days", "got a card", "get no card", "The card for a birthday or another day"),
    "check_in": What(
        "Calls to who drifts away",
        "were called",
        "are not called by the playbook",
        "The call to patients who drift away",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A hold-out in one line. tone: of the state's mark. says: what is known, as a sentence."""

    holdout: Holdout
    title: str
    state: str
    tone: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of the two, as a row of counts; known, returned: those of the close once it is over."""

    name: str
    joined: int
    reached: int
    known: int
    returned: int


@dataclass(frozen=True, slots=True)
class Pooled:
    practices: int
    says: str


def groups_of(page: HoldoutPage) -> list[Group]:
    """Of one that is over the counts of its close stand, whatever is merged or erased later."""
    holdout = page.holdout
    contacted = _group("To be contacted", page.seen.contacted, holdout.contacted, holdout.contacted_returned)
    return [contacted, _group("Held out", page.seen.held, holdout.held, holdout.held_returned)]


def _group(name: str, arm: Arm, known: int | None, returned: int | None) -> Group:
    if known is None or returned is None:
        known, returned = arm.known, arm.returned
    return Group(name, arm.joined, arm.reached, known, returned)


def over_the_network(found: PooledResult) -> Pooled:
    """In the words of one practice's own result, with a decimal: the network knows it that well."""
    low, high = _points(found.low), _points(found.high)
    if not found.is_evidence:
        return Pooled(found.practices, f"No difference shows. It could be anything from {low} to {high} in 100.")
    ends = sorted((abs(found.low), abs(found.high)))
    said = f"{_points(found.effect)} in 100 came back because of it, likely between {ends[0]:.1f} and {ends[1]:.1f}."
    return Pooled(found.practices, said)


def _points(points: float) -> str:
    return f"{abs(points):.1f} {'fewer' if points < 0 else 'more'}"


def spoken_months(months: int) -> str:
    """ "about 7 months"; from two years on in years, "about 4½ years": nobody can tell so far ahead to the month."""
    if months < 24:
        return f"about {months} month{'' if months == 1 else 's'}"
    years, half = divmod(round(months / 6), 2)
    return f"about {years}{'½' if half else ''} years"


def words_of(holdout: Holdout) -> What:
    return WHAT[holdout.kind]


def line_of(page: HoldoutPage) -> Line:
    state, tone = ("Running", "") if page.holdout.is_running else ("Over", "good")
    if page.holdout.stopped_on is not None:
        state, tone = "Stopped early", "warn"
    return Line(page.holdout, words_of(page.holdout).title, state, tone, _says(page))


def _says(page: HoldoutPage) -> str:
    found = page.effect
    if found is not None:
        if not found.is_evidence:
            return f"No difference shows. It could be anything from {_more(found.low)} to {_more(found.high)} in 100."
        more = "more" if found.effect > 0 else "fewer"
        ends = sorted((abs(found.low), abs(found.high)))
        said = (
            f"{round(100 * abs(found.effect))} {more} in 100 came back because of it, "
            f"likely between {round(100 * ends[0])} and {round(100 * ends[1])}."
        )
        return f"Evidence before its end: {said}" if found.always_valid else said
    if page.holdout.is_running:
        return f"No evidence yet. It will be known on {page.known_on:%B} {page.known_on.day}, {page.known_on.year}."
    if page.holdout.stopped_on is not None:
        return "Stopped before anything was known."
    return "Too few patients: each group needs 11 whose time to come back is over."


def foretold(power: Power | None, *, least_effect: int) -> str:
    """When it would be known, from the visits of the last year."""
    if power is None:
        return "Too few patients came in the last year to say when it would be known."
    one = f"If {least_effect} more in 100 come back because of it"
    if power.months is None:
        known = f"{one}, you alone would not know within five years: it takes more patients."
    else:
        known = f"{one}, you will know in {spoken_months(power.months)}."
    if power.smallest is None:
        return f"{known} In {power.for_months} months too few are held out to know anything."
    return (
        f"{known} In {power.for_months} months a difference of {power.smallest} in 100 would show, and no smaller one."
    )


@dataclass(frozen=True, slots=True)
class RunningWords:
    """without: "get no note"."""

    percent: int
    without: str
    until: date


def running_words(kinds: Collection[TouchpointKind], *, today: date) -> list[RunningWords]:
    """What lists of contacts say about hold-outs of these kinds."""
    return [RunningWords(one.percent, WHAT[one.kind].without, one.until) for one in running(kinds, today=today)]


def _more(share: float) -> str:
    """16 fewer, 3 more"""
    points = round(100 * share)
    return f"{abs(points)} {'fewer' if points < 0 else 'more'}"
