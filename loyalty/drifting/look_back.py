"""A backtest as the night's fit keeps it: what a page shows without the statistics."""

from dataclasses import dataclass
from datetime import date

from loyalty.models import DriftFit


@dataclass(frozen=True, slots=True)
class Group:
    """Patients of whom the model said much the same. said: their mean chance to return; came, low, high: the share who
    did and its 95 % interval (Wilson), from 0 to 1.
    """

    patients: int
    said: float
    came: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """cut: the day up to which visits were read. patients: who had come by then. returned_said, visits_said: how many
    of them would return within a year and how often, by the model; returned, visits: what happened. groups: ascending.
    """

    cut: date
    patients: int
    returned_said: float
    returned: int
    visits_said: float
    visits: int
    groups: tuple[Group, ...]


def last_backtest() -> Backtest | None:
    """Of the last night; None before there is one, and where a year before it was too early."""
    kept = DriftFit.objects.order_by("-day").values_list("backtest", flat=True).first()
    if not kept:
        return None
    groups = tuple(Group(**group) for group in kept["groups"])
    return Backtest(**{**kept, "cut": date.fromisoformat(kept["cut"]), "groups": groups})
