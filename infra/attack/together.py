"""The attack on a month: all its releases and versions held together, by every member and every pair."""

from collections.abc import Sequence
from dataclasses import replace

from infra.attack.couples import Searched, Threat
from infra.attack.held import Held
from infra.attack.views import Knowledge, Value, View

# Exact intervals of so many values are tried; the others stay open.
PROVEN = 12


def search_together(
    truth: dict[Value, float], views: Sequence[View], knowledge: Knowledge, *, enough: int | None = None
) -> Searched:
    """Every value of every month, in all releases of it.

    enough: stop once so many are disclosed. The threats are one a value: the first pair that it is not safe from.
    """
    attacks, solved = 0, 0
    told: list[Threat] = []
    undecided: list[Threat] = []
    # What is known of the months around is no part of this attack.
    alone = replace(knowledge, step=knowledge.high - knowledge.low)
    for month in sorted({view.month for view in views}):
        attacked = Held(truth, [view for view in views if view.month == month], alone)
        for target in attacked.worlds.values:
            attacks += 1
            pair = next(attacked.pairs_that_may_know(target), None)
            if pair is not None:
                solved += 1
                threat = Threat(target, pair, tuple(attacked.views))
                is_told = len(told) + len(undecided) < PROVEN and attacked.is_told(target, pair)
                (told if is_told else undecided).append(threat)
                if enough is not None and len(told) >= enough:
                    return Searched(attacks, solved, tuple(told), tuple(undecided), None)
    return Searched(attacks, solved, tuple(told), tuple(undecided), None)
