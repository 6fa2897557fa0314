"""Luck or skill: the limits around the released median, drawn; they widen for small practices."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontend.charts.numbers import figure, interval
from frontend.charts.ticks import round_ends
from loyalty.benchmarks.funnel import INNER, OUTER, Funnel
from loyalty.metrics.definition import Unit

NEAR = 6.0  # percent of the box: the height of a line of words
SMALLEST = 30  # below it a figure is flagged as uncertain anyway


@dataclass(frozen=True, slots=True)
class FunnelPicture:
    """Polygons and marks in a box of 100 by 100, y downwards. ``inside``: the gap to the median may be luck.

    ``inner_y``, ``outer_y``: where the limits are named, on the side on which they lie further apart: ``named_below``
    the median or above it. ``you_dy``: CSS pixels from the mark down to its words, beside the line of the median.
    """

    outer: str
    inner: str
    median_y: float
    inner_y: float
    outer_y: float
    named_below: bool
    you_x: float
    you_y: float
    you_dy: int
    you: str
    median: str
    limits: str
    inside: bool
    y_ticks: tuple[str, ...]
    x_ticks: tuple[str, ...]
    sentence: str


def funnel_picture(*, name: str, unit: Unit, funnel: Funnel, you: float, n: int) -> FunnelPicture:
    """Draw the limits that hold 95 and 99.8 percent of practices, and the viewer with ``n`` observations.

    Raises ValueError where the viewer has no observation.
    """
    own_limits = funnel.limits(n)
    top = _round_up(max(n * 1.6, 4 * SMALLEST))
    low, high = _ends(funnel, you)

    def y(value: float) -> float:
        return round(min(100.0, max(0.0, 100 - (value - low) / (high - low) * 100)), 2)

    def x(count: float) -> float:
        return round(count / top * 100, 2)

    def area(share: float) -> str:
        limits = [(count, funnel.limits(count, share)) for count in _counts(top)]
        upper = [f"{x(count):g},{y(limit.high):g}" for count, limit in limits]
        lower = [f"{x(count):g},{y(limit.low):g}" for count, limit in reversed(limits)]
        return " ".join(upper + lower)

    inner, outer = funnel.limits(top), funnel.limits(top, OUTER)
    # Near the end of the scale two limits are one line, and their names would lie on each other.
    named_below = y(outer.low) - y(inner.low) > y(inner.high) - y(outer.high) + 1
    inside = own_limits.low <= you <= own_limits.high
    own, median = figure(you, unit), figure(funnel.center, unit)
    limits = interval(own_limits.low, own_limits.high, unit)
    return FunnelPicture(
        outer=area(OUTER),
        inner=area(INNER),
        median_y=y(funnel.center),
        inner_y=y(inner.low if named_below else inner.high),
        outer_y=y(outer.low if named_below else outer.high),
        named_below=named_below,
        you_x=x(n),
        you_y=y(you),
        you_dy=_beside_the_line(y(you) - y(funnel.center)),
        you=own,
        median=median,
        limits=limits,
        inside=inside,
        y_ticks=tuple(figure(high - (high - low) * step / 4, unit) for step in range(5)),
        x_ticks=tuple(figure(top * step / 4, Unit.COUNT) for step in range(5)),
        sentence=(
            f"Funnel for {name}. The released median is {median}. With n = {figure(n, Unit.COUNT)} you are at {own}, "
            f"{'inside' if inside else 'outside'} the limits that hold 95 percent of practices your size, "
            f"{limits}."
        ),
    )


def _beside_the_line(below: float) -> int:
    """How far down the words of a mark stand that lies so much of the box below the median's line, which runs on."""
    if abs(below) > NEAR:
        return 5
    return 17 if below > 0 else -6


def _ends(funnel: Funnel, you: float) -> tuple[float, float]:
    """Ends of the vertical axis: round, around the widest limits and the viewer, within what is possible."""
    widest = funnel.limits(SMALLEST, OUTER)
    low, high = min(widest.low, you), max(widest.high, you)
    return round_ends(low, max(high, low + 1), least=funnel.low, most=funnel.high)


def _counts(top: int) -> Iterator[int]:
    """Counts at which the limits are drawn: dense where they bend, sparse where they are nearly flat."""
    count = float(SMALLEST)
    while count < top:
        yield round(count)
        count *= 1.15
    yield top


def _round_up(count: float) -> int:
    """Return the next multiple of 4 times a power of ten that divides it, so that the five ticks are round numbers."""
    for step in (40, 100, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 40_000, 100_000):
        if count <= step * 10:
            return int(-(-count // step) * step)
    return int(-(-count // 400_000) * 400_000)
