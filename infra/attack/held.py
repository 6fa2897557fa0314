"""Releases that are held together: what they leave possible for a value, whoever the two attackers are.

A value is safe from a pair if there are networks that were released in the same words, in which both have what they
have, and which leave the value either out of reach of its true one or an interval at least half as wide as that of
whoever reads the tightest release alone. Each such network is shown: those in which two practices that nothing tells
apart have changed places, and those that a linear program finds. One that leaves a pair alone leaves alone every other
pair that it does not touch, so few are solved for all 741 pairs of forty members.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import linprog

from infra.attack.intervals import feasible
from infra.attack.views import Knowledge, Value, View
from infra.attack.worlds import Witness, Worlds

# Exact intervals are tried of releases of so many practices.
LARGEST, SECONDS = 16, 5.0
# How far beyond the outermost that it could change places with a value is pushed, in limits.
BEYOND = (1.0, 0.6, 0.3, 0.15, 0.05)


class Held:
    """Releases that are held together. alone: how wide each leaves an interval to whoever only reads it."""

    def __init__(self, truth: dict[Value, float], views: Sequence[View], knowledge: Knowledge) -> None:
        self.views = views
        self.knowledge = knowledge
        self.worlds = Worlds({value: truth[value] for view in views for value in view.values}, views, self.knowledge)
        self.alone = {view: width_alone(view, knowledge) for view in views if len(view.values) > 1}

    def enough(self, target: Value) -> float:
        """How wide an interval is left at least to whoever does not know the value."""
        whole = self.knowledge.high - self.knowledge.low
        return min([width for view, width in self.alone.items() if target in view.values], default=whole) / 2

    def pairs_that_may_know(self, target: Value) -> Iterator[tuple[int, int]]:
        """The pairs for which no networks are found that keep the value from them."""
        found = self.worlds.exchanged(target, at_all=True)
        others = sorted({value.member for value in self.worlds.values} - {target.member})
        for pair in combinations(others, 2):
            if not self._is_kept(target, frozenset(pair), found):
                yield pair

    def is_kept(self, target: Value, attackers: Collection[int]) -> bool:
        """Whether networks are found that keep the value from them."""
        return self._is_kept(target, frozenset(attackers), self.worlds.exchanged(target, at_all=True))

    def _is_kept(self, target: Value, known: frozenset[int], found: list[Witness]) -> bool:
        """What is found on the way is added: it may do for others."""
        for more in (self.worlds.around, self._beyond, self.worlds.traded):
            if self._is_safe(target, known, found):
                return True
            found += more(target, known)
        return self._is_safe(target, known, found)

    def _is_safe(self, target: Value, known: frozenset[int], found: Sequence[Witness]) -> bool:
        possible = [witness.value for witness in found if not witness.changed & known] + [self.worlds.truth[target]]
        return not self._gives_away(target, min(possible), max(possible))

    def _gives_away(self, target: Value, least: float, largest: float) -> bool:
        is_near = self.worlds.is_near(target, least) and self.worlds.is_near(target, largest)
        return is_near and largest - least < self.enough(target)

    def _beyond(self, target: Value, known: frozenset[int]) -> list[Witness]:
        """Networks in which the target has changed places with the outermost that it can, and is pushed on."""
        found = []
        for sign in (-1, 1):
            places = [one for one in self.worlds.exchanged(target, at_all=True) if not one.changed & known]
            if outermost := max(places, key=lambda one: sign * one.value, default=None):
                pushed = self.worlds.after(outermost).pushed(target, sign, known, BEYOND)
                found += [replace(one, changed=one.changed | outermost.changed) for one in pushed]
        return found

    def is_told(self, target: Value, attackers: Collection[int]) -> bool:
        """Whether the exact interval, from the versions of one small group, gives the value away."""
        truth = self.worlds.truth
        for group in sorted({view.group for view in self.views}):
            views = [view for view in self.views if view.group == group and len(view.values) <= LARGEST]
            if any(target in view.values for view in views):
                mine = {value: truth[value] for view in views for value in view.values if value.member in attackers}
                interval = feasible(target, views, known=mine, knowledge=self.knowledge, seconds=SECONDS)
                if self._gives_away(target, *interval):
                    return True
        return False


def width_alone(view: View, knowledge: Knowledge) -> float:
    """How wide the interval of any value is for whoever reads this release and knows nothing else. Exact.

    Nothing tells its practices apart, so any of them may be the lowest, and any the highest.
    """
    count = len(view.values)
    rows = [_row(count, {below: 1.0, above: -1.0}) for below, above in pairwise(range(count))]
    limits = [0.0] * len(rows)
    for weights, figure in view.formulas():
        rows += [_row(count, weights), -_row(count, weights)]
        limits += [figure + view.slack, view.slack - figure]
    least, largest = (
        linprog(goal, A_ub=np.array(rows), b_ub=limits, bounds=(knowledge.low, knowledge.high)).fun
        for goal in (_row(count, {0: 1.0}), _row(count, {count - 1: -1.0}))
    )
    return float(-largest - least)


def _row(count: int, weights: Mapping[int, float]) -> np.ndarray:
    row = np.zeros(count)
    for rank, weight in weights.items():
        row[rank] = weight
    return row
