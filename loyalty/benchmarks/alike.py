"""Whether two practices, taken off a group, leave others who are too much alike: then the two know them all."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite

import numpy as np
from scipy.optimize import linprog

from loyalty.benchmarks.quantiles import PERCENTILES, neighbors
from loyalty.metrics.definition import Definition

# A value is known that is known to within a tenth: of the range where it has one, else of itself.
NEAR = 0.1
# And only if it is known twice as well as by whoever reads the release and is in it with nothing.
TIMES_AS_WELL = 2


def tolerance(definition: Definition, value: float) -> float:
    """How far a guess may be off a value of the metric and still give it away."""
    if isfinite(definition.high):
        return NEAR * (definition.high - definition.low)
    return NEAR * abs(value)


def leaves_others_alike(values: Sequence[float], definition: Definition) -> bool:
    """Whether the two lowest, the two highest, or the lowest and the highest know all others nearly, and are not near.

    They have the released figures and what they have themselves. Nothing tells the others apart, so each of them may be
    the lowest or the highest that the figures leave room for; that is a linear program, because the order of values
    is kept. It may leave more room than it finds, so now and then a group is hidden for nothing. Where all are near one
    another, the figures say so to everybody.
    """
    ordered = sorted(values)
    count = len(ordered)
    everybody = None
    for pair in ((0, 1), (count - 2, count - 1), (0, count - 1)):
        known = {rank: ordered[rank] for rank in pair}
        others = [value for rank, value in enumerate(ordered) if rank not in known]
        # Who is apart from one of the two: only they may be told something by them.
        apart = [one for one in others if any(abs(two - one) > tolerance(definition, one) for two in known.values())]
        if not _are_near(others[0], others[-1], apart, definition):
            continue
        low, high = _room(ordered, known, definition)
        if everybody is None:
            everybody = _room(ordered, {}, definition)
        is_narrow = TIMES_AS_WELL * (high - low) < everybody[1] - everybody[0]
        if is_narrow and _are_near(low, high, apart, definition):
            return True
    return False


def _are_near(low: float, high: float, values: Sequence[float], definition: Definition) -> bool:
    """Whether one of the values is near both ends."""
    return any(max(value - low, high - value) <= tolerance(definition, value) for value in values)


def _room(ordered: Sequence[float], known: Mapping[int, float], definition: Definition) -> tuple[float, float]:
    """Between what the values of the ranks that are not known can lie, if the figures are to stay what they are."""
    count = len(ordered)
    rows, limits = [], []
    for below, above in pairwise(range(count)):
        rows.append(_row(count, {below: 1.0, above: -1.0}))
        limits.append(0.0)
    for percentile in PERCENTILES:
        ranks = neighbors(count, percentile)
        mean = _row(count, dict.fromkeys(ranks, 1 / len(ranks)))
        figure = definition.rounded(sum(ordered[rank] for rank in ranks) / len(ranks))
        rows += [mean, -mean]
        limits += [figure + definition.precision / 2, definition.precision / 2 - figure]
    unknown = [rank for rank in range(count) if rank not in known]
    most = definition.high if isfinite(definition.high) else None
    bounds = [(known[rank],) * 2 if rank in known else (definition.low, most) for rank in range(count)]
    ends = []
    for sign, rank in ((1.0, unknown[0]), (-1.0, unknown[-1])):
        solved = linprog(_row(count, {rank: sign}), A_ub=np.array(rows), b_ub=limits, bounds=bounds)
        # What is true fits in; only what is rounded at the very edge may not, by as little as floats are off.
        ends.append(sign * float(solved.fun) if solved.status == 0 else ordered[rank])
    return ends[0], ends[1]


def _row(count: int, weights: Mapping[int, float]) -> np.ndarray:
    row = np.zeros(count)
    for rank, weight in weights.items():
        row[rank] = weight
    return row
