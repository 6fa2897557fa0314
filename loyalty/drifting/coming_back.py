"""When new patients come back, as the night's fit keeps it: what a page shows without the statistics."""

from dataclasses import dataclass
from datetime import date

from loyalty.models import DriftFit


@dataclass(frozen=True, slots=True)
class Point:
    """day: after the first visit. share: back by then, from 0 to 1, with its 95 % interval. followed: patients who
    were seen for so long and had not come back before."""

    day: int
    share: float
    low: float
    high: float
    followed: int


@dataclass(frozen=True, slots=True)
class ComingBack:
    """since: the earliest first visit that counts. patients: who came first since then. back: of them, who came again.
    half: days by which half are back; None where that is not seen yet. points: ascending, as far as it can be told."""

    since: date
    patients: int
    back: int
    half: int | None
    points: tuple[Point, ...]


def last_coming_back() -> ComingBack | None:
    """Of the last night; None before there is one, and with too few new patients."""
    kept = DriftFit.objects.order_by("-day").values_list("first_return", flat=True).first()
    if not kept:
        return None
    points = tuple(Point(**point) for point in kept["points"])
    return ComingBack(**{**kept, "since": date.fromisoformat(kept["since"]), "points": points})
