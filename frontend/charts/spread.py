"""Released quantiles on an axis: the middle 80 percent, the middle half and the median."""

from dataclasses import dataclass

from frontend.charts.axis import Axis
from frontend.charts.numbers import figure, interval
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Unit


@dataclass(frozen=True, slots=True)
class Spread:
    """Marks in percent of the width; ``figures`` are P10, P25, median, P75 and P90 as text."""

    most_x: float
    most_width: float
    half_x: float
    half_width: float
    median_x: float
    median: str
    half: str
    most: str
    figures: tuple[str, ...]
    sentence: str


def spread(quantiles: Quantiles, axis: Axis, unit: Unit, *, name: str, whose: str = "practices") -> Spread:
    """Place ``quantiles`` on ``axis``. ``name`` and ``whose`` begin the sentence that the picture says aloud."""
    q = quantiles
    most = sorted((axis.at(q.p10).x, axis.at(q.p90).x))
    half = sorted((axis.at(q.p25).x, axis.at(q.p75).x))
    median, half_text, most_text = (
        figure(q.p50, unit),
        interval(q.p25, q.p75, unit),
        interval(q.p10, q.p90, unit),
    )
    return Spread(
        most_x=most[0],
        most_width=round(most[1] - most[0], 2),
        half_x=half[0],
        half_width=round(half[1] - half[0], 2),
        median_x=axis.at(q.p50).x,
        median=median,
        half=half_text,
        most=most_text,
        figures=tuple(figure(value, unit) for value in q),
        sentence=f"{name}, {whose}: median {median}, middle half {half_text}, middle 80 percent {most_text}.",
    )
