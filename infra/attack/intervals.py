"""The feasible interval of one value: the least and the largest it can be, given what is released and known.

Order statistics are not linear in the values. Here they are exact all the same: for each rank that a figure begins or
ends with, a 0/1 variable a value says whether it is among the lowest so many, and the branches are solved as linear
programs. Where time runs out, what is not yet excluded stays in the interval: too wide, never too narrow.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from infra.attack.views import Knowledge, Value, View

SECONDS = 20.0


@dataclass(slots=True)
class _Program:
    """Variables and rows of a mixed-integer linear program."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def variable(self, low: float, high: float, *, whole: bool = False) -> int:
        self.low.append(low)
        self.high.append(high)
        self.whole.append(int(whole))
        return len(self.low) - 1

    def between(self, weights: Mapping[int, float], low: float, high: float) -> None:
        self.rows.append((dict(weights), low, high))

    def bound(self, sign: int, target: int, seconds: float) -> float | None:
        """The least (sign 1) or largest (-1) value of the target that is not excluded; None if none is possible."""
        goal = np.zeros(len(self.low))
        goal[target] = sign
        entries = [(r, c, w) for r, (weights, _, _) in enumerate(self.rows) for c, w in weights.items()]
        places = ([r for r, _, _ in entries], [c for _, c, _ in entries])
        matrix = csr_array(([w for _, _, w in entries], places), shape=(len(self.rows), len(goal)))
        solved = milp(
            goal,
            integrality=self.whole,
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]),
            options={"time_limit": seconds},
        )
        if solved.status == 2:
            return None
        bound = solved.mip_dual_bound if solved.mip_dual_bound is not None else -np.inf
        return sign * float(max(bound, min(sign * self.low[target], sign * self.high[target])))


def feasible(
    target: Value,
    views: Sequence[View],
    *,
    known: Mapping[Value, float],
    knowledge: Knowledge,
    seconds: float = SECONDS,
) -> tuple[float, float]:
    """The interval of the target's value for somebody who has these views and knows these values."""
    bounds = _bounds(target, views, known, knowledge, seconds)
    program, columns = _program(target, views, known, knowledge, bounds)
    least = program.bound(1, columns[target], seconds)
    largest = program.bound(-1, columns[target], seconds)
    if least is None or largest is None:
        raise ValueError("No network agrees with these releases.")
    return least, largest


Ranges = dict[Value, tuple[float, float]]


def _bounds(
    target: Value, views: Sequence[View], known: Mapping[Value, float], knowledge: Knowledge, seconds: float
) -> Ranges:
    """What each release says of its values by itself, if there are several: it makes the whole much shorter."""
    if len(views) == 1:
        return {}
    found: Ranges = {}
    for view in views:
        program, columns = _program(target, [view], known, knowledge, {})
        for chain in _chains(target, [view], known):
            least = program.bound(1, columns[chain[0]], seconds)
            largest = program.bound(-1, columns[chain[-1]], seconds)
            if least is not None and largest is not None:
                for value in chain:
                    low, high = found.get(value, (least, largest))
                    found[value] = max(low, least), min(high, largest)
    return found


def _program(
    target: Value,
    views: Sequence[View],
    known: Mapping[Value, float],
    knowledge: Knowledge,
    bounds: Ranges,
) -> tuple[_Program, dict[Value, int]]:
    program = _Program()
    values = sorted({value for view in views for value in view.values} | {target})
    columns = {}
    for value in values:
        fixed = known.get(value)
        low, high = bounds.get(value, (knowledge.low, knowledge.high)) if fixed is None else (fixed, fixed)
        columns[value] = program.variable(low, high)
    _persist(program, columns, knowledge)
    chains = _chains(target, views, known)
    for chain in chains:
        for below, above in pairwise(chain):
            program.between({columns[below]: 1, columns[above]: -1}, -np.inf, 0)
    for view in views:
        _released(program, view, columns, chains)
    return program, columns


def _persist(program: _Program, columns: Mapping[Value, int], knowledge: Knowledge) -> None:
    """What a practice's last edition of a month says of that of the next month."""
    last = {(value.member, value.month): value for value in sorted(columns)}
    for (member, month), value in last.items():
        after = last.get((member, month + 1))
        if after is not None:
            here, there = columns[value], columns[after]
            grown = 1 + knowledge.growth
            program.between({there: 1, here: -grown}, -np.inf, knowledge.step)
            program.between({here: 1, there: -grown}, -np.inf, knowledge.step)


def _chains(target: Value, views: Sequence[View], known: Mapping[Value, float]) -> list[list[Value]]:
    """Values of one month that nothing tells apart: one may say which is the lowest, because their names are free."""
    patterns: dict[tuple[tuple[int, Value], ...], list[int]] = defaultdict(list)
    for member in sorted({value.member for view in views for value in view.values}):
        mine = [
            (place, value._replace(member=0))
            for place, view in enumerate(views)
            for value in view.values
            if value.member == member
        ]
        if member != target.member and not any(value.member == member for value in known):
            patterns[tuple(mine)].append(member)
    return [[pattern[0][1]._replace(member=member) for member in members] for pattern, members in patterns.items()]


def _released(
    program: _Program,
    view: View,
    columns: Mapping[Value, int],
    chains: Iterable[Sequence[Value]],
) -> None:
    formulas = view.formulas()
    count = len(view.values)
    cuts = sorted({edge for weights, _ in formulas for rank in weights for edge in (rank, rank + 1)} - {0, count})
    needed = {edge for edge in cuts if any(_jumps(weights, edge) for weights, _ in formulas)}
    lowest: dict[int, dict[int, float]] = {0: {}, count: {columns[value]: 1.0 for value in view.values}}
    among: dict[int, dict[Value, int]] = {}
    limits = None
    for cut in sorted(needed):
        among[cut], lowest[cut], limit = _lowest(program, view, cut, columns, chains)
        if limits is not None:
            before, least = limits
            program.between({least: 1, limit: -1}, -np.inf, 0)
            for value, column in among[before].items():
                program.between({column: 1, among[cut][value]: -1}, -np.inf, 0)
        limits = cut, limit
    for weights, figure in formulas:
        total: dict[int, float] = defaultdict(float)
        for edge in {0, count} | needed:
            if jump := _jumps(weights, edge):
                for column, weight in lowest[edge].items():
                    total[column] += jump * weight
        program.between(total, figure - view.slack, figure + view.slack)


def _jumps(weights: Mapping[int, float], edge: int) -> float:
    """With what weight the sum of the lowest `edge` values counts in a figure."""
    return weights.get(edge - 1, 0.0) - weights.get(edge, 0.0)


def _lowest(
    program: _Program,
    view: View,
    cut: int,
    columns: Mapping[Value, int],
    chains: Iterable[Sequence[Value]],
) -> tuple[dict[Value, int], dict[int, float], int]:
    """Which values are the lowest `cut`, their sum, and the limit between them and the others."""
    columns_here = [columns[value] for value in view.values]
    least, most = min(program.low[c] for c in columns_here), max(program.high[c] for c in columns_here)
    limit = program.variable(least, most)
    among, total = {}, {}
    for value in view.values:
        column = columns[value]
        low, high = program.low[column], program.high[column]
        is_low = among[value] = program.variable(0, 1, whole=True)
        program.between({column: 1, limit: -1, is_low: high - least}, -np.inf, high - least)
        program.between({column: -1, limit: 1, is_low: low - most}, -np.inf, 0)
        # The value itself where it is among the lowest, 0 where it is not.
        product = program.variable(min(low, 0), max(high, 0))
        program.between({product: 1, is_low: -high}, -np.inf, 0)
        program.between({product: 1, is_low: -low}, 0, np.inf)
        program.between({product: 1, column: -1, is_low: -low}, -np.inf, -low)
        program.between({product: 1, column: -1, is_low: -high}, -high, np.inf)
        total[product] = 1.0
    program.between(dict.fromkeys(among.values(), 1.0), cut, cut)
    for chain in chains:
        for below, above in pairwise(chain):
            if below in among and above in among:
                program.between({among[below]: 1, among[above]: -1}, 0, np.inf)
    return among, total, limit
