"""Luck or skill: limits around the released median that widen for small practices.

Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005),
and "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14 (2005): the variance
between practices is added to the sampling variance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from frontend.charts.numbers import figure, interval
from loyalty.metrics.definition import Unit

INNER, OUTER = 1.959964, 3.090232  # normal quantiles: 95 and 99.8 percent of practices
SMALLEST = 30  # below it a figure is flagged as uncertain anyway


@dataclass(frozen=True, slots=True)
class Funnel:
    """Polygons and marks in a box of 100 by 100, y downwards; ticks pair a place with its text."""

    outer: str
    inner: str
    median_y: float
    inner_y: float
    outer_y: float
    you_x: float
    you_y: float
    you: str
    median: str
    inside: bool
    y_ticks: tuple[str, ...]
    x_ticks: tuple[str, ...]
    sentence: str


def funnel(
    *,
    name: str,
    unit: Unit,
    median: float,
    variance: float,
    between: float,
    you: float,
    n: int,
    low: float,
    high: float,
) -> Funnel:
    """Draw 95 and 99.8 percent limits around the released median.

    ``variance`` is the sampling variance of one observation in squared display units (a proportion of p percent:
    p (100 - p); a net score: 10,000 (p + d - (p - d)^2)); ``between`` is the standard deviation between practices in
    display units; ``n`` the viewer's own observations; ``low`` and ``high`` the ends of the vertical axis. Raises
    ValueError where the viewer has no observation, a variance is negative or the axis has no length.
    """
    if n < 1 or variance < 0 or between < 0 or not low < high:
        raise ValueError("a funnel needs observations, variances that are not negative and an axis with some length")
    top = _round_up(max(n * 1.6, 4 * SMALLEST))

    def y(value: float) -> float:
        return round(min(100.0, max(0.0, 100 - (value - low) / (high - low) * 100)), 2)

    def x(count: float) -> float:
        return round(count / top * 100, 2)

    def sd(count: float) -> float:
        return sqrt(variance / count + between**2)

    def area(z: float) -> str:
        counts = list(_counts(top))
        upper = [(x(k), y(median + z * sd(k))) for k in counts]
        lower = [(x(k), y(median - z * sd(k))) for k in reversed(counts)]
        return " ".join(f"{a:g},{b:g}" for a, b in upper + lower)

    edge = INNER * sd(n)
    inside = abs(you - median) <= edge
    limits = interval(max(low, median - edge), min(high, median + edge), unit)
    where = "inside" if inside else "outside"
    return Funnel(
        outer=area(OUTER),
        inner=area(INNER),
        median_y=y(median),
        inner_y=y(median + INNER * sd(top)),
        outer_y=y(median + OUTER * sd(top)),
        you_x=x(n),
        you_y=y(you),
        you=figure(you, unit),
        median=figure(median, unit),
        inside=inside,
        y_ticks=tuple(figure(high - (high - low) * step / 4, unit) for step in range(5)),
        x_ticks=tuple(figure(top * step / 4, Unit.COUNT) for step in range(5)),
        sentence=(
            f"Funnel for {name}. The released median is {figure(median, unit)}. With {figure(n, Unit.COUNT)} patients "
            f"you are at {figure(you, unit)}, {where} the limits that hold 95 percent of practices your size, {limits}."
        ),
    )


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
