"""Disclosure control with one rule taken away, or with none left: what the attacker compares with."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from infra.attack.publish import CONTROLLED, Release
from infra.attack.views import Weights, plain_weights, smoothed_weights
from loyalty.benchmarks import disclosure, rules
from loyalty.benchmarks.contributors import choose_contributors
from loyalty.benchmarks.decide import CONTROL, Control
from loyalty.benchmarks.disclosure import QUANTILE_CHECKS, Cell, Practices
from loyalty.benchmarks.quantiles import PERCENTILES, Quantiles
from loyalty.metrics.definition import Definition


def summarized(weights: Weights, *, rounds: bool) -> Callable[[Sequence[float], Definition], Quantiles]:
    """Quantiles by another formula, or not rounded."""

    def summarize(values: Sequence[float], definition: Definition) -> Quantiles:
        ordered = sorted(values)
        found = [
            sum(ordered[rank] * weight for rank, weight in weights(len(ordered), percentile).items())
            for percentile in PERCENTILES
        ]
        # Adding in another order must not make a percentile the least bit smaller than the one below it.
        return Quantiles(*sorted(definition.rounded(one) if rounds else one for one in found))

    return summarize


def everybody(*, eligible: Practices, **_: Any) -> Practices:
    """Whoever reports counts, at any time."""
    return eligible


def _not_fixed(**known: Any) -> Practices:
    return choose_contributors(**{**known, "this_quarter": None})


def _changing_freely(
    *, reporting: Practices, eligible: Practices, this_quarter: Practices | None, **_: Any
) -> Practices:
    return eligible if this_quarter is None else this_quarter & reporting


def _changing_by_three(**known: Any) -> Practices:
    return choose_contributors(**known, fewest=3)


def _either_way(
    *, reporting: Practices, eligible: Practices, this_quarter: Practices | None, earlier: Sequence[Practices], **_: Any
) -> Practices:
    """Who joins makes up for who leaves: five altogether are another set."""
    if this_quarter is not None:
        return this_quarter & reporting
    if all(eligible == before or len(eligible ^ before) >= rules.FEWEST_CHANGES for before in earlier):
        return eligible
    return earlier[0] if earlier[0] <= eligible else eligible


def _changed_by_four(cell: Cell) -> bool:
    return any(0 < len(cell.contributors ^ earlier) < rules.FEWEST_CHANGES for earlier in cell.earlier)


def _changed_by_two(cell: Cell) -> bool:
    return any(0 < len(cell.contributors ^ earlier) < 3 for earlier in cell.earlier)


def _is_empty(cell: Cell) -> bool:
    return not cell.values


def _without(*checks: Callable[[Cell], bool]) -> Control:
    return replace(CONTROL, checks=tuple(check for check in QUANTILE_CHECKS if check[1] not in checks))


def _with(check: Callable[[Cell], bool], another: Callable[[Cell], bool]) -> Control:
    """Another check in the place of one."""
    return replace(CONTROL, checks=tuple((rule, another if one is check else one) for rule, one in QUANTILE_CHECKS))


_small_cells = summarized(smoothed_weights, rounds=True)

# By what the rule says, in the words of the table.
LIFTED: dict[str, Release] = {
    "at least 10 practices in a group": replace(
        CONTROLLED, control=replace(_without(disclosure.too_few), summarize=_small_cells)
    ),
    "at least 10 outside a group": replace(CONTROLLED, control=_without(disclosure.rest_too_small)),
    "at least 10 between groups that cross": replace(CONTROLLED, control=_without(disclosure.piece_too_small)),
    "the same practices all quarter": replace(
        CONTROLLED, control=replace(_without(disclosure.changed_within_the_quarter), choose=_not_fixed)
    ),
    "a group changes by some or not at all": replace(
        CONTROLLED, control=replace(_without(disclosure.changed_too_little), choose=_changing_freely)
    ),
    "at least 5 between groups of different months": replace(
        CONTROLLED, control=_without(disclosure.changed_too_little_from_another)
    ),
    "a group changes by at least 5, not 3": replace(
        CONTROLLED, control=replace(_with(disclosure.changed_too_little, _changed_by_two), choose=_changing_by_three)
    ),
    "at least 5 who leave, whoever joins": replace(
        CONTROLLED, control=replace(_with(disclosure.changed_too_little, _changed_by_four), choose=_either_way)
    ),
    "at least 5 who join in each piece": replace(CONTROLLED, control=_without(disclosure.parted_too_small)),
    "at least 5 corrections in a revision": replace(CONTROLLED, control=replace(CONTROL, fewest_corrected=1)),
    "at least 5 corrections in each piece": replace(CONTROLLED, control=replace(CONTROL, corrected_by_piece=False)),
    "at least 11 patients behind a figure": replace(CONTROLLED, takes_small=True),
    "others not all alike": replace(CONTROLLED, control=_without(disclosure.others_alike)),
    "figures are rounded": replace(
        CONTROLLED, control=replace(CONTROL, summarize=summarized(smoothed_weights, rounds=False)), rounds=False
    ),
    "the number of practices in fives": replace(CONTROLLED, counts=True),
}

UNCONTROLLED = Release(
    control=Control(
        checks=((rules.FEW, _is_empty),),
        choose=everybody,
        summarize=summarized(plain_weights, rounds=False),
        fewest_corrected=1,
    ),
    weights=plain_weights,
    rounds=False,
    takes_small=True,
    filters=True,
    counts=True,
)
