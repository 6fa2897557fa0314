"""One case: the attack on what control releases, and on what would be released with one rule taken away."""

from dataclasses import dataclass
from math import ceil, floor

from infra.attack.cases import Case
from infra.attack.disclosed import is_disclosed
from infra.attack.intervals import feasible
from infra.attack.lifted import LIFTED
from infra.attack.publish import CONTROLLED, Release, publish
from infra.attack.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Trial:
    """least, largest: the attackers' interval. is_disclosed: whether that gives the value away."""

    case: Case
    least: float
    largest: float
    is_disclosed: bool


def with_rule(case: Case) -> Trial:
    """Under full control. What the attackers cannot rule out is shown by networks that were released the same."""
    views = publish(case.story, CONTROLLED).views
    if not any(case.target in view.values for view in views):
        return Trial(case, case.story.knowledge.low, case.story.knowledge.high, False)
    worlds = Worlds(dict(case.story.values), views, case.story.knowledge)
    least, largest = worlds.reach(case.target, frozenset(case.attackers))
    safe = not (worlds.is_near(case.target, least) and worlds.is_near(case.target, largest))
    return Trial(case, least, largest, not safe)


def without_rule(case: Case) -> Trial:
    """With the case's rule taken away. The interval is solved exactly from the releases that the attack uses."""
    return attacked(case, LIFTED[case.rule])


def attacked(case: Case, release: Release) -> Trial:
    views = [view for view in publish(case.story, release).views if view.name.startswith(case.using or "")]
    value, knowledge = case.story.values[case.target], case.story.knowledge
    if not any(case.target in view.values for view in views):
        return Trial(case, knowledge.low, knowledge.high, False)
    least, largest = feasible(case.target, views, known=case.known, knowledge=knowledge)
    if case.outcomes:
        least, largest = _outcomes(least, largest, 100 / case.outcomes)
    return Trial(case, least, largest, is_disclosed(case.target, value, (least, largest), views, knowledge))


def _outcomes(least: float, largest: float, step: float) -> tuple[float, float]:
    """The first and the last multiple of `step` inside."""
    return ceil(least / step - 1e-6) * step, floor(largest / step + 1e-6) * step
