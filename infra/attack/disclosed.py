"""When a value counts as disclosed."""

from collections.abc import Sequence

from infra.attack.intervals import feasible
from infra.attack.views import Knowledge, Value, View


def is_disclosed(
    target: Value, value: float, interval: tuple[float, float], views: Sequence[View], knowledge: Knowledge
) -> bool:
    """Within a tenth of the value, and less than half as wide as what the tightest release of the month alone says."""
    least, largest = interval
    near = knowledge.tolerance(value)
    if least < value - near or largest > value + near:
        return False
    alone = [
        feasible(target, [view], known={}, knowledge=knowledge)
        for view in views
        if target in view.values and len(view.values) > 1
    ]
    return bool(alone) and largest - least < min(high - low for low, high in alone) / 2
