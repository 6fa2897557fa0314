"""The attacker: one member or two together, who know their own values and have every month, group and version at hand.

They also know exactly who counts in which cell, which is released to nobody, and how many corrected a figure (not who),
and that a figure over twelve months hardly moves from one month to the next. What they can say of somebody is solved,
not guessed: the least and the largest value that one can have in any network with the same releases.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from loyalty.benchmarks.quantiles import PERCENTILES, neighbors

LOW, HIGH = 0.0, 100.0
# A value is disclosed if it is known to within a tenth (here of the range, because a share can be zero).
TENTH = (HIGH - LOW) / 10
# Of twelve months one is exchanged for another.
MOST_DRIFT = (HIGH - LOW) / 12
RESHUFFLES = 60

# Whose value, of which month, and "" or "mistaken" where it was corrected later.
Value = tuple[str, str, str]
# How one percentile is made of the sorted values of a cell: rank -> weight.
Weights = Callable[[int, int], dict[int, float]]


@dataclass(frozen=True)
class View:
    """A cell as it was released: whose values it is made of, and its five figures."""

    month: str
    members: frozenset[Value]
    figures: tuple[float, ...]


@dataclass(frozen=True)
class Publication:
    """How figures come from values, and how far they may be rounded: what everybody can read in the definition."""

    weights: Weights
    rounding: float


# The values of each month, ascending.
Orders = Mapping[str, list[Value]]


@dataclass(frozen=True)
class Extreme:
    """A network that agrees with what is known, in which the target has the least or the largest value."""

    target: Value
    orders: Orders
    values: Mapping[Value, float]

    @property
    def value(self) -> float:
        return self.values[self.target]

    def reshuffled(self, draw: random.Random) -> Orders:
        """The same network with equal values in another order: as good, and a new place to go on from."""
        return {
            month: sorted(order, key=lambda value: (round(self.values[value], 5), draw.random()))
            for month, order in self.orders.items()
        }


@dataclass(frozen=True)
class Network:
    """The truth, and what of it is known: all views, and the values of the practices in `attackers`."""

    truth: Mapping[Value, float]
    views: Sequence[View]
    publication: Publication
    attackers: frozenset[str]

    @property
    def months(self) -> list[str]:
        return sorted({month for _, month, _ in self.truth})

    def order(self, month: str) -> list[Value]:
        return sorted((value for value in self.truth if value[1] == month), key=lambda value: self.truth[value])


def smoothed_weights(count: int, percentile: int) -> dict[int, float]:
    ranks = neighbors(count, percentile)
    return dict.fromkeys(ranks, 1 / len(ranks))


def plain_weights(count: int, percentile: int) -> dict[int, float]:
    """Type 7, unsmoothed."""
    below, rest = divmod((count - 1) * percentile, 100)
    return {below: 1 - rest / 100, below + 1: rest / 100} if rest else {below: 1.0}


CONTROLLED = Publication(smoothed_weights, 0.5)
UNCONTROLLED = Publication(plain_weights, 1e-6)


def disclosed(network: Network) -> list[Value]:
    """The values that the attackers can tell of others: known to within a tenth, and twice as well as any reader."""
    told: dict[Value, None] = {}
    for group in _groups(network):
        asked = dict.fromkeys(tuple(v for v in sorted(view.members) if v[0] in group) for view in network.views)
        for values in filter(None, asked):
            enough = _reader_knows(values, network) / 2
            least, largest = feasible(values, network, enough=enough)
            if largest - least < enough:
                near = (v for v in values if network.truth[v] - TENTH <= least and largest <= network.truth[v] + TENTH)
                told.update(dict.fromkeys(near))
    return list(told)


def feasible(values: Sequence[Value], network: Network, *, enough: float = HIGH - LOW) -> tuple[float, float]:
    """The least and largest that any of `values` can be in networks that agree with all that is known.

    The values are those of a group in one cell; nothing tells the group's members apart, so what one of them can have
    any of them can. First the true order is kept and one value takes any rank; then what is equal in the networks
    found changes order, which can only widen the range. There may be further networks, so the attackers can say at
    most this. Stops early once the range is `enough` wide.
    """
    best: dict[int, Extreme] = {}
    for target, orders in _orders(values, network):
        for sign in (1, -1):
            found = _extreme(sign, target, orders, network)
            if found is None:
                break
            if sign not in best or sign * found.value < sign * best[sign].value:
                best[sign] = found
        if best and best[-1].value - best[1].value >= enough:
            break
    draw = random.Random(0)
    for turn in range(RESHUFFLES):
        if best[-1].value - best[1].value >= enough:
            break
        sign = (1, -1)[turn % 2]
        reshuffled = _extreme(sign, best[sign].target, best[sign].reshuffled(draw), network)
        if reshuffled is not None:
            best[sign] = reshuffled
    return best[1].value, best[-1].value


def _groups(network: Network) -> list[set[str]]:
    """Practices, but the attackers, that are in exactly the same cells: nothing released tells one from another."""
    groups: dict[tuple[bool, ...], set[str]] = {}
    for practice in {practice for practice, _, _ in network.truth} - network.attackers:
        pattern = tuple(any(v[0] == practice for v in view.members) for view in network.views)
        groups.setdefault(pattern, set()).add(practice)
    return [group for pattern, group in groups.items() if any(pattern)]


def _reader_knows(values: Sequence[Value], network: Network) -> float:
    """How wide a range the tightest single cell with these values leaves to each of its members."""
    widths = []
    for view in network.views:
        if view.members.issuperset(values):
            # Nobody is known to the reader, so every order of the members is as good as any.
            members = sorted(view.members)
            alone = Network(dict.fromkeys(members, 0.0), [view], network.publication, frozenset())
            least = _extreme(1, members[0], {view.month: members}, alone)
            largest = _extreme(-1, members[-1], {view.month: members}, alone)
            assert least is not None
            assert largest is not None
            widths.append(largest.value - least.value)
    return min(widths)


def _orders(values: Sequence[Value], network: Network) -> Iterator[tuple[Value, Orders]]:
    """First the true orders, asking about the outermost values; then each value at every rank, in all months alike."""
    true = {month: network.order(month) for month in network.months}
    ranked = sorted(values, key=lambda value: network.truth[value])
    for target in dict.fromkeys([ranked[0], ranked[-1], *ranked]):
        yield target, true
    for target in ranked:
        moved = {month: [v for v in order if v[0] != target[0]] for month, order in true.items()}
        own = {month: [v for v in order if v[0] == target[0]] for month, order in true.items()}
        for place in range(max(len(order) for order in moved.values()) + 1):
            orders = {}
            for month, others in moved.items():
                # A value that was corrected keeps its own place, unless it is the one asked about.
                here = [v for v in own[month] if v[2] == target[2]]
                rest = [v for v in own[month] if v[2] != target[2]]
                order = [*others[:place], *here, *others[place:]]
                for value in rest:
                    true_place = sum(network.truth[other] < network.truth[value] for other in order)
                    order.insert(true_place, value)
                orders[month] = order
            yield target, orders


def _extreme(sign: int, target: Value, orders: Orders, network: Network) -> Extreme | None:
    """The least (sign 1) or largest (sign -1) value of the target with all values in these orders; None: impossible."""
    values = [value for order in orders.values() for value in order]
    column = {value: place for place, value in enumerate(values)}
    rows: list[np.ndarray] = []
    limits: list[float] = []

    def at_most(weights: Mapping[Value, float], limit: float) -> None:
        row = np.zeros(len(values))
        for value, weight in weights.items():
            row[column[value]] += weight
        rows.append(row)
        limits.append(limit)

    for order in orders.values():
        for below, above in pairwise(order):
            at_most({below: 1, above: -1}, 0)
    months = sorted(orders)
    for practice, month, edition in values:
        after = (practice, months[min(months.index(month) + 1, len(months) - 1)], "")
        if edition == "" and after[1] != month and after in column:
            at_most({(practice, month, ""): 1, after: -1}, MOST_DRIFT)
            at_most({(practice, month, ""): -1, after: 1}, MOST_DRIFT)
    for view in network.views:
        ranked = [value for value in orders[view.month] if value in view.members]
        for percentile, figure in zip(PERCENTILES, view.figures, strict=True):
            weights = network.publication.weights(len(ranked), percentile)
            mean = {ranked[rank]: weight for rank, weight in weights.items()}
            at_most(mean, figure + network.publication.rounding)
            at_most({value: -weight for value, weight in mean.items()}, network.publication.rounding - figure)
    goal = np.zeros(len(values))
    goal[column[target]] = sign
    bounds = [(network.truth[v],) * 2 if v[0] in network.attackers else (LOW, HIGH) for v in values]
    solved = linprog(goal, A_ub=np.array(rows), b_ub=np.array(limits), bounds=bounds, method="highs")
    if solved.status != 0:
        return None
    return Extreme(target, orders, dict(zip(values, solved.x.tolist(), strict=True)))
