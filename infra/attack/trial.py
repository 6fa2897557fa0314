"""One case: the attack on what control releases, and on what would be released with one rule taken away."""

from dataclasses import dataclass
from math import ceil, floor

from infra.attack.case import Case
from infra.attack.disclosed import is_disclosed
from infra.attack.intervals import feasible
from infra.attack.lifted import LIFTED
from infra.attack.publish import CONTROLLED, Release, publish
from infra.attack.story import Story
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
    if case.another:
        return _read(case, case.another, CONTROLLED)
    views = publish(case.story, CONTROLLED).views
    if not any(case.target in view.values for view in views):
        return Trial(case, case.story.knowledge.low, case.story.knowledge.high, False)
    # A correction that was never released is known to nobody.
    shown = {value for view in views for value in view.values}
    truth = {value: of for value, of in case.story.values.items() if value in shown or not value.edition}
    worlds = Worlds(truth, views, case.story.knowledge)
    least, largest = worlds.reach(case.target, frozenset(case.attackers))
    safe = not (worlds.is_near(case.target, least) and worlds.is_near(case.target, largest))
    return Trial(case, least, largest, not safe)


def without_rule(case: Case) -> Trial:
    """With the case's rule taken away. The interval is solved exactly from the releases that the attack uses."""
    release = LIFTED[case.rule]
    if case.another and not _read(case, case.another, release).is_disclosed:
        return _read(case, case.another, release)
    return attacked(case, release)


def _read(case: Case, another: Story, release: Release) -> Trial:
    """Whether who reads the figures and the numbers beside them can tell the network from another one."""
    here, there = (
        [(view.name, view.figures, view.counted) for view in publish(story, release).views]
        for story in (case.story, another)
    )
    least, largest = sorted([case.story.values[case.target], another.values[case.target]])
    is_near = largest - least <= case.story.knowledge.tolerance(case.story.values[case.target])
    return Trial(case, least, largest, here != there or is_near)


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
