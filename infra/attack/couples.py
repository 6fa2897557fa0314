"""The attack by difference: any two releases of one month, or of two months that follow each other, side by side.

Two releases part the practices into pieces: who counts in both, in the first only, in the second only. Within a piece
nothing tells one from another, so its members could have changed places: a value is safe if, whoever the two attackers
are, somebody is left in its piece whose value is out of reach. Only where that fails is anything solved, and where one
value that is moved finds no other network, those of `infra.attack.held` are looked for.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from infra.attack.disclosed import is_disclosed
from infra.attack.held import Held
from infra.attack.intervals import feasible
from infra.attack.views import Knowledge, Value, View
from infra.attack.worlds import Worlds

# Two attackers rule out two; whoever has three to change places with is safe.
ENOUGH = 3
# One safe value in so many is measured, not only proven safe.
MEASURED = 100
# Cells of ten and more take seconds each to solve exactly: so many are, the others stay open.
LARGEST_AT_ONCE, LARGE_SOLVED, SECONDS = 9, 4, 2.0


@dataclass(frozen=True, slots=True)
class Threat:
    """A value that changing places does not protect from these attackers, who hold these two releases together."""

    target: Value
    attackers: tuple[int, ...]
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """attacks: values and couples of releases that were tried. solved: where linear programs had to decide.

    told: those that are disclosed. open: those for which neither that is proven nor another network was found.
    closest: the narrowest interval that a pair is left with, in parts of what would be a disclosure, and whose.
    """

    attacks: int
    solved: int
    told: tuple[Threat, ...]
    open: tuple[Threat, ...]
    closest: tuple[float, Threat] | None


def search(
    truth: dict[Value, float], views: Sequence[View], knowledge: Knowledge, *, enough: int | None = None
) -> Searched:
    """Every value, in every couple of releases, against every member and every pair.

    enough: stop once so many are disclosed, where nothing else is of interest.
    """
    attacks, solved, large = 0, 0, 0
    told: list[Threat] = []
    undecided: list[Threat] = []
    closest: tuple[float, Threat] | None = None
    for first, second in couples(views):
        attacks += len({*first.values, *second.values})
        ties = _ties(truth, (first, second), knowledge)
        for threat in threats(truth, first, second, knowledge):
            solved += 1
            worlds = world_of(truth, threat, ties)
            witness = worlds.moved(threat.target, frozenset(threat.attackers))
            if witness is None and not Held(truth, threat.views, ties).is_kept(threat.target, threat.attackers):
                is_large = max(len(first.values), len(second.values)) > LARGEST_AT_ONCE
                large += is_large
                is_told = not (is_large and large > LARGE_SOLVED) and proven(truth, threat, ties)
                (told if is_told else undecided).append(threat)
            elif witness is not None and (closest is None or solved % MEASURED == 0):
                width = _width(worlds, threat, ties)
                closest = min(closest or (width, threat), (width, threat), key=lambda one: one[0])
        if enough is not None and len(told) >= enough:
            break
    return Searched(attacks, solved, tuple(told), tuple(undecided), closest)


def _ties(truth: dict[Value, float], views: Sequence[View], knowledge: Knowledge) -> Knowledge:
    """What was reported wrong at first does not tie months together; then nothing is taken to."""
    wrong = any(value.edition == 0 and value._replace(edition=1) in truth for view in views for value in view.values)
    return replace(knowledge, step=knowledge.high - knowledge.low) if wrong else knowledge


def proven(truth: dict[Value, float], threat: Threat, knowledge: Knowledge) -> bool:
    """Whether the exact interval gives the value away; not, where it cannot be solved in a few seconds."""
    known = {value: truth[value] for view in threat.views for value in view.values if value.member in threat.attackers}
    interval = feasible(threat.target, threat.views, known=known, knowledge=knowledge, seconds=SECONDS)
    return is_disclosed(threat.target, truth[threat.target], interval, threat.views, knowledge)


def couples(views: Sequence[View]) -> Iterator[tuple[View, View]]:
    for first, second in combinations(views, 2):
        if abs(first.month - second.month) <= 1 and set(first.values) != set(second.values):
            yield first, second


def threats(truth: dict[Value, float], first: View, second: View, knowledge: Knowledge) -> Iterator[Threat]:
    pieces: dict[object, list[int]] = defaultdict(list)
    of_member: dict[int, tuple[Value | None, Value | None]] = {}
    ones, others = ({value.member: value for value in view.values} for view in (first, second))
    for member in sorted(first.members | second.members):
        one, other = ones.get(member), others.get(member)
        of_member[member] = one, other
        # Who was corrected between two versions of a month is a piece of its own.
        is_same = one == other if first.month == second.month else None
        pieces[one and one.edition, other and other.edition, is_same].append(member)
    small = [member for members in pieces.values() if len(members) <= ENOUGH for member in members]
    for members in pieces.values():
        for member in members:
            for place, value in enumerate(of_member[member]):
                if value is not None:
                    near = knowledge.tolerance(truth[value])
                    apart = [
                        other
                        for other in members
                        if other != member and abs(truth[of_member[other][place] or value] - truth[value]) > near
                    ]
                    if len(apart) < ENOUGH:
                        for attackers in _pairs(member, members, apart, small):
                            yield Threat(value, attackers, (first, second))


def _pairs(member: int, piece: Sequence[int], apart: Sequence[int], small: Sequence[int]) -> list[tuple[int, ...]]:
    """The pairs that leave nobody to change places with: of those apart, of the small pieces, or of its own."""
    candidates = [one for one in dict.fromkeys([*apart, *small, *piece[: ENOUGH + 1]]) if one != member]
    return [pair for pair in combinations(candidates, 2) if set(apart) <= set(pair)]


def world_of(truth: dict[Value, float], threat: Threat, knowledge: Knowledge) -> Worlds:
    """The two releases alone: nothing else is known of other months."""
    values = {value for view in threat.views for value in view.values}
    return Worlds({value: truth[value] for value in values}, threat.views, knowledge)


def _width(worlds: Worlds, threat: Threat, knowledge: Knowledge) -> float:
    least, largest = worlds.reach(threat.target, frozenset(threat.attackers))
    return (largest - least) / (2 * knowledge.tolerance(worlds.truth[threat.target]))
