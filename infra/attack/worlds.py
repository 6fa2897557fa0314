"""Other networks that would have been released in the very same words: what any attacker must count with.

A value is safe from a pair of members if there is a network that agrees with every release, in which both of them have
what they know they have, and the value is out of reach of its true one. Such a network proves it; no bound is guessed.

- Two practices that count in the same cells, in all months and versions, may change places with each other.
- Else one value is moved, by steps or to where another stood, and a linear program changes as few others as it can so
  that every figure still rounds to what was released. The order of the values is set before and kept, which makes it
  linear: what it finds is a real network, but it may miss others. So an attacker may look stronger here than it is,
  never weaker.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from infra.attack.views import Knowledge, Value, View, between_releases

# What moves in one month must come back in time: so many months before and after may be changed with it.
REACH = 1
# How far beyond the limit a value is moved, in limits.
MOVES = (1.01, 1.7, 2.6)
FURTHEST_FIRST = (1.01, 1.7, 0.95, 0.7, 0.45, 0.2)
HELPERS = 5
EDGE = 1e-6
# How often values that are pushed against each other change places, and what a change weighs beside a missed figure.
TURNS, SMALL = 8, 1e-3


@dataclass(frozen=True, slots=True)
class Witness:
    """A network in which the target is out of reach. changed: whose values differ from the truth, but the target's."""

    target: Value
    value: float
    changed: frozenset[int]


class Worlds:
    """All that was released of one metric, and the truth, which is the network one starts from."""

    def __init__(self, truth: dict[Value, float], views: Sequence[View], knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.views = views
        # What was released; what was not is attacked by nobody, but it ties a practice's months together.
        self.values = sorted({value for view in views for value in view.values})
        self.truth = truth = between_releases(truth, self.values)
        self._of_member: dict[int, list[Value]] = defaultdict(list)
        self._of_month: dict[int, list[Value]] = defaultdict(list)
        for value in sorted(truth):
            self._of_member[value.member].append(value)
            self._of_month[value.month].append(value)
        self._views_of: dict[int, list[View]] = defaultdict(list)
        self._cells: dict[Value, set[int]] = defaultdict(set)
        for place, view in enumerate(views):
            self._views_of[view.month].append(view)
            for value in view.values:
                self._cells[value].add(place)
        # By what tells a practice from others: the same pattern, and nothing does.
        self._alike: dict[object, list[int]] = defaultdict(list)
        self._pattern: dict[int, object] = {}
        for member, values in self._of_member.items():
            pattern = tuple((value.month, value.edition, frozenset(self._cells[value])) for value in values)
            self._pattern[member] = pattern
            self._alike[pattern].append(member)

    def is_near(self, target: Value, value: float) -> bool:
        return abs(value - self.truth[target]) <= self.knowledge.tolerance(self.truth[target])

    def exchanged(self, target: Value, *, at_all: bool = False) -> list[Witness]:
        """The networks in which the target has changed places with another practice that counts in the same cells.

        at_all: also those that leave the target in reach.
        """
        others = [target._replace(member=member) for member in self._alike[self._pattern[target.member]]]
        return [
            Witness(target, self.truth[other], frozenset([other.member]))
            for other in others
            if other != target and (at_all or not self.is_near(target, self.truth[other]))
        ]

    def moved(self, target: Value, known: frozenset[int]) -> Witness | None:
        """A network in which the target is out of reach and nothing of the members in `known` is changed."""
        for to, helper in self._attempts(target, known):
            found = self._repaired(target, to, helper, known)
            if found is not None:
                return found
        return None

    def around(self, target: Value, known: frozenset[int]) -> list[Witness]:
        """A network that puts the target out of reach, else those that move it as far as it goes to either side.

        Nothing of the members in `known` is changed.
        """
        furthest: dict[bool, Witness] = {}
        for move in FURTHEST_FIRST:
            for to, helper in self._attempts(target, known, moves=(move,)):
                is_up = to > self.truth[target]
                if is_up not in furthest and (found := self._repaired(target, to, helper, known)):
                    if not self.is_near(target, to):
                        return [found]
                    furthest[is_up] = found
            if len(furthest) > 1:
                break
        return list(furthest.values())

    def after(self, witness: Witness) -> "Worlds":
        """What was released, seen from a network in which two have changed places."""
        (other,) = witness.changed
        truth = dict(self.truth)
        for value in self._of_member[witness.target.member]:
            there = value._replace(member=other)
            truth[value], truth[there] = self.truth[there], self.truth[value]
        return Worlds(truth, self.views, self.knowledge)

    def pushed(self, target: Value, sign: int, known: frozenset[int], steps: Sequence[float]) -> list[Witness]:
        """The network that moves the target furthest up (sign 1) or down (-1), by one of these steps in limits."""
        for step in sorted(steps, reverse=True):
            to = self.truth[target] + sign * step * self.knowledge.tolerance(self.truth[target])
            if self.knowledge.low <= to <= self.knowledge.high and (found := self._repaired(target, to, None, known)):
                return [found]
        return []

    def traded(self, target: Value, known: frozenset[int]) -> list[Witness]:
        """Those in which the target stands where another of its releases stood: the furthest down, the furthest up."""
        others = [
            value
            for value in self._of_month[target.month]
            if value.member not in known | {target.member} and self._cells[value] & self._cells[target]
        ]
        found = []
        for is_up in (False, True):
            side = [value for value in others if (self.truth[value] > self.truth[target]) is is_up]
            for other in sorted(side, key=lambda value: -abs(self.truth[value] - self.truth[target])):
                if witness := self._repaired(target, self.truth[other], other, known):
                    found.append(witness)
                    break
        return found

    def reach(self, target: Value, known: frozenset[int]) -> tuple[float, float]:
        """The least and largest value of the target that a network was found for."""
        found = [self.truth[target]]
        for to, helper in self._attempts(target, known, moves=(*MOVES, 4.0)):
            if helper is None and (witness := self._repaired(target, to, helper, known)):
                found.append(witness.value)
        exchanged = [w.value for w in self.exchanged(target) if not w.changed & known]
        return min([*found, *exchanged]), max([*found, *exchanged])

    def _attempts(
        self, target: Value, known: frozenset[int], moves: Sequence[float] = MOVES
    ) -> Iterator[tuple[float, Value | None]]:
        here, near = self.truth[target], self.knowledge.tolerance(self.truth[target])
        for move in moves:
            for sign in (-1, 1):
                to = here + sign * move * near
                if self.knowledge.low <= to <= self.knowledge.high:
                    yield to, None
                    for helper in self._helpers(target, sign, known):
                        yield to, helper

    def _helpers(self, target: Value, sign: int, known: frozenset[int]) -> list[Value]:
        """Values that would best make up for it: in nearly the same cells, on the side to which the target moves."""
        others = [
            value
            for value in self._of_month[target.month]
            if value.member not in known | {target.member} and sign * (self.truth[value] - self.truth[target]) > 0
        ]
        return sorted(others, key=lambda value: len(self._cells[value] ^ self._cells[target]))[:HELPERS]

    # --- One linear program -----------------------------------------------------------------------------------

    def _repaired(self, target: Value, to: float, helper: Value | None, known: frozenset[int]) -> Witness | None:
        """A network with the target at `to`. Where the order that is kept leaves none, the nearest miss says which
        values would rather stand the other way round: those pushed against each other change places, and again."""
        months = range(target.month - REACH, target.month + REACH + 1)
        values = [value for month in months for value in self._of_month.get(month, ())]
        free = {value: place for place, value in enumerate(v for v in values if v.member not in known)}
        expected = dict(self.truth)
        self._shift(expected, target, to - self.truth[target])
        if helper is not None:
            self._shift(expected, helper, self.truth[target] - to)
        place = {value: float(number) for number, value in enumerate(sorted(values, key=lambda one: expected[one]))}
        least = np.inf
        for _ in range(TURNS):
            solved = self._solved(target, to, months, free, place)
            if solved is None:
                return None
            found, missed = solved
            if missed < EDGE / 10:
                moved = {value.member for value in free if abs(found[value] - self.truth[value]) > EDGE / 100}
                return Witness(target, to, frozenset(moved - {target.member}))
            if missed > least - EDGE:
                return None
            least = missed
            ordered = sorted(values, key=lambda one: (round(found.get(one, self.truth[one]), 6), -place[one]))
            place = {value: float(number) for number, value in enumerate(ordered)}
        return None

    def _solved(
        self, target: Value, to: float, months: range, free: dict[Value, int], place: dict[Value, float]
    ) -> tuple[dict[Value, float], float] | None:
        """The network in this order that misses the releases by least, and by how much; None if there is none."""
        rows, limits, figures = self._rows(months, free, place)
        count = len(free)
        # Each value is the truth and what is added less what is taken; the least of both altogether changes fewest.
        goal = np.array([0.0 if value.member == target.member else SMALL for value in free] * 2 + [1.0] * len(figures))
        most = [(0.0, self.knowledge.high - self.truth[value]) for value in free]
        most += [(0.0, self.truth[value] - self.knowledge.low) for value in free]
        by = to - self.truth[target]
        most[free[target]] = (max(by, 0.0), max(by, 0.0))
        most[free[target] + count] = (max(-by, 0.0), max(-by, 0.0))
        most += [(0.0, np.inf)] * len(figures)
        matrix = _matrix(rows, count, figures)
        solved = linprog(goal, A_ub=matrix, b_ub=np.array(limits), bounds=most, method="highs")
        if solved.status != 0:
            return None
        change = (solved.x[:count] - solved.x[count : 2 * count]).tolist()
        found = {value: self.truth[value] + added for value, added in zip(free, change, strict=True)}
        return found, float(solved.x[2 * count :].sum())

    def _shift(self, expected: dict[Value, float], value: Value, by: float) -> None:
        """Where the value and those of its practice in the months around it are expected to be: half the way back
        each month that they may move."""
        last = max(one.edition for one in self._of_member[value.member] if one.month == value.month)
        for other in self._of_member[value.member]:
            away = abs(other.month - value.month)
            if away and value.edition != last:
                continue
            if away == 0 and other != value:
                continue
            most = 0.8 * (self.knowledge.step + self.knowledge.growth * abs(self.truth[value]))
            left = min(abs(by), max((REACH + 1 - away) * most, 0.0))
            expected[other] = self.truth[other] + (left if by > 0 else -left)

    def _rows(
        self, months: range, free: dict[Value, int], place: dict[Value, float]
    ) -> tuple[list[dict[int, float]], list[float], list[int]]:
        """Weights and limits of what must not be exceeded, and which of them are figures that were released."""
        rows: list[dict[int, float]] = []
        limits: list[float] = []
        figures: list[int] = []

        def at_most(weights: Iterable[tuple[Value, float]], limit: float) -> None:
            row: dict[int, float] = {}
            for value, weight in weights:
                limit -= weight * self.truth[value]
                if value in free:
                    row[free[value]] = row.get(free[value], 0.0) + weight
            if row:
                rows.append(row)
                limits.append(limit)

        for month in months:
            order = sorted(self._of_month.get(month, ()), key=lambda value: place[value])
            for below, above in pairwise(order):
                at_most([(below, 1.0), (above, -1.0)], 0.0)
            for view in self._views_of.get(month, ()):
                inside = set(view.values)
                ranked = [value for value in order if value in inside]
                for formula, figure in view.formulas():
                    mean = [(ranked[rank], weight) for rank, weight in formula.items()]
                    slack = max(view.slack - EDGE, 0.0)
                    first = len(rows)
                    at_most(mean, figure + slack)
                    at_most([(value, -weight) for value, weight in mean], slack - figure)
                    figures += range(first, len(rows))
        for here, there in self._neighbors(months):
            grown = 1 + self.knowledge.growth
            at_most([(there, 1.0), (here, -grown)], self.knowledge.step)
            at_most([(here, 1.0), (there, -grown)], self.knowledge.step)
        return rows, limits, figures

    def _neighbors(self, months: range) -> Iterator[tuple[Value, Value]]:
        """A practice's figures of a month and of the next, both as corrected, at least one of them inside `months`."""
        for values in self._of_member.values():
            last = {value.month: value for value in values}
            for month, value in last.items():
                after = last.get(month + 1)
                if after is not None and (month in months or month + 1 in months):
                    yield value, after


def _matrix(rows: Sequence[dict[int, float]], count: int, figures: Sequence[int]) -> csr_array:
    """Added, taken, and by how much each figure is missed."""
    missed = {row: 2 * count + number for number, row in enumerate(figures)}
    data, columns, ends = [], [], [0]
    for number, row in enumerate(rows):
        for column, weight in row.items():
            data += [weight, -weight]
            columns += [column, column + count]
        if number in missed:
            data.append(-1.0)
            columns.append(missed[number])
        ends.append(len(data))
    return csr_array((data, columns, ends), shape=(len(rows), 2 * count + len(figures)))
