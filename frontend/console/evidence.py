"""How habits go with return, beside what hold-outs found: what goes together, and what is proof."""

from dataclasses import dataclass
from datetime import date

from frontend.charts.hush import Hush, hidden
from frontend.charts.numbers import MINUS, at_least
from loyalty.benchmarks.associate import associations
from loyalty.benchmarks.rules import NO_SPREAD, RULES
from loyalty.metrics.definitions import DEFINITIONS

WHY = {**RULES, NO_SPREAD.key: NO_SPREAD}


@dataclass(frozen=True, slots=True)
class Tie:
    """How one habit goes with return. x, low_x, high_x: percent of an axis from -1 to 1. hush: why there is none."""

    name: str
    r: str
    interval: str
    practices: str
    x: float
    low_x: float
    width: float
    words: str
    hush: Hush | None
    sentence: str


def ties(month: date) -> list[Tie]:
    """Of all habits, in a released month."""
    return [
        _hushed(DEFINITIONS[one.habit].name, hidden(WHY[one.rule]))
        if one.r is None or one.low is None or one.high is None
        else _tie(DEFINITIONS[one.habit].name, one.r, one.low, one.high, at_least(one.contributors_floor or 0))
        for one in associations(month)
        if one.habit in DEFINITIONS
    ]


def _tie(name: str, r: float, low: float, high: float, practices: str) -> Tie:
    words = _words(low, high)
    interval = f"{_signed(low)} to {_signed(high)}"
    return Tie(
        name=name,
        r=_signed(r),
        interval=interval,
        practices=practices,
        x=_place(r),
        low_x=_place(low),
        width=round(_place(high) - _place(low), 2),
        words=words,
        hush=None,
        sentence=f"{name}: rank correlation with return {_signed(r)}, 95 percent interval {interval}. {words}.",
    )


def _hushed(name: str, hush: Hush) -> Tie:
    return Tie(name, "", "", "", 0, 0, 0, "", hush, f"{name}: {hush.title}.")


def _words(low: float, high: float) -> str:
    if low > 0:
        return "More of it, more return"
    return "More of it, less return" if high < 0 else "No clear pattern"


def _place(value: float) -> float:
    return round((value + 1) * 50, 2)


def _signed(value: float) -> str:
    digits = f"{abs(value):.2f}".removeprefix("0")
    return f"{MINUS}{digits}" if value < 0 else digits
