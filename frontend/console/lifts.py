"""What hold-outs found over the network, by kind of contact: the only figures here that tell of cause."""

from dataclasses import dataclass

from frontend.charts.hush import Hush
from frontend.charts.numbers import MINUS, at_least
from loyalty.holdouts.pooled_results import PooledResult, pooled_results

# Half the width of the axis, in points: what lies beyond is drawn at its end.
REACH = 20.0
NO_EVIDENCE = "No evidence yet"
WAITS = "It shows once hold-outs of it have run to their planned end at 10 practices or more."


@dataclass(frozen=True, slots=True)
class Lift:
    """The newest result of one kind. x, low_x, width: percent of the axis. hush: why there is none."""

    name: str
    effect: str
    interval: str
    practices: str
    quarter: str
    x: float
    low_x: float
    width: float
    words: str
    hush: Hush | None
    sentence: str


def lifts() -> list[Lift]:
    """One for every kind that can be held out."""
    return [
        _lift(str(one.kind.label), one.results[0]) if one.results else _none(str(one.kind.label))
        for one in pooled_results()
    ]


def _lift(name: str, found: PooledResult) -> Lift:
    words = "No difference found"
    if found.is_evidence:
        words = "More came back" if found.effect > 0 else "Fewer came back"
    effect, interval = _signed(found.effect), f"{_signed(found.low)} to {_signed(found.high)}"
    return Lift(
        name=name,
        effect=effect,
        interval=interval,
        practices=at_least(found.practices),
        quarter=f"quarter from {found.quarter:%B %Y}",
        x=_place(found.effect),
        low_x=_place(found.low),
        width=round(_place(found.high) - _place(found.low), 2),
        words=words,
        hush=None,
        sentence=f"{name}: {effect} points, 95 percent interval {interval}. {words}.",
    )


def _none(name: str) -> Lift:
    return Lift(name, "", "", "", "", 0, 0, 0, "", Hush(NO_EVIDENCE, WAITS), f"{name}: {NO_EVIDENCE}.")


def _place(points: float) -> float:
    return round((min(max(points, -REACH), REACH) + REACH) / (2 * REACH) * 100, 2)


def _signed(points: float) -> str:
    return f"{MINUS if points < 0 else '+'}{abs(points):.1f}"
