"""A small line over months, in a box of 100 by 100. A month without a figure is a gap, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontend.charts.numbers import figure
from loyalty.metrics.definition import Unit

MARGIN = 0.08  # of the range of values, kept free above and below


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Polylines of the viewer and, where it is released, of the median; ``sentence`` says both aloud."""

    you: tuple[str, ...]
    median: tuple[str, ...]
    sentence: str


def sparkline(
    *,
    name: str,
    unit: Unit,
    you: Sequence[float | None],
    median: Sequence[float | None] | None = None,
    hidden: bool = False,
) -> Sparkline:
    """Draw up to two series of equal length, oldest month first, on one scale.

    ``median`` is None where there is none to show; ``hidden`` says that a rule keeps it back. Raises ValueError for
    fewer than two months or series of different length.
    """
    if median is not None and len(median) != len(you):
        raise ValueError("both series need one entry a month")
    series = [you] if median is None else [you, median]
    low, high = _range(series)
    return Sparkline(
        you=segments(you, low, high),
        median=segments(median, low, high) if median is not None else (),
        sentence=_sentence(name, unit, you, median, hidden),
    )


def segments(values: Sequence[float | None], low: float, high: float) -> tuple[str, ...]:
    """Return the points of one polyline for each unbroken run of months: "0,40 50,20".

    A single month between gaps becomes a line of no length, which round caps draw as a dot.
    """
    if len(values) < 2:
        raise ValueError("a line needs at least two months")
    runs: list[list[str]] = [[]]
    for month, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        x = round(month / (len(values) - 1) * 100, 2)
        y = round(100 - (value - low) / (high - low) * 100, 2)
        runs[-1].append(f"{x:g},{y:g}")
    return tuple(" ".join(run * 2 if len(run) == 1 else run) for run in runs if run)


def _range(series: Sequence[Sequence[float | None]]) -> tuple[float, float]:
    known = [value for values in series for value in values if value is not None]
    if not known:
        return 0.0, 1.0
    margin = (max(known) - min(known)) * MARGIN or 1.0
    return min(known) - margin, max(known) + margin


def _sentence(
    name: str, unit: Unit, you: Sequence[float | None], median: Sequence[float | None] | None, hidden: bool
) -> str:
    parts = [f"{name} over {len(you)} months: {_course('you', you, unit)}"]
    if median is not None:
        parts.append(_course("the median", median, unit))
    elif hidden:
        parts.append("the median is hidden")
    said = "; ".join(parts) + "."
    if gaps := sum(value is None for value in you):
        said += f" {gaps} of these months {'has' if gaps == 1 else 'have'} no figure of yours."
    return said


def _course(who: str, values: Sequence[float | None], unit: Unit) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return f"{who} {'have' if who == 'you' else 'has'} no figure"
    if len(known) == 1:
        return f"{who} had one figure, {figure(known[0], unit)}"
    return f"{who} went from {figure(known[0], unit)} to {figure(known[-1], unit)}"
