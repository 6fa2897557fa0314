"""Released quantiles over months as a fan. A held month is a gap, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontend.charts.numbers import figure
from frontend.charts.sparkline import segments
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Unit

NAMES = ("P10", "Lower quarter", "Median", "Upper quarter", "P90")


@dataclass(frozen=True, slots=True)
class Part:
    """One unbroken run of months: two polygons and the median, in a box of 100 by 100."""

    most: str
    half: str
    median: str


@dataclass(frozen=True, slots=True)
class Fan:
    """``ends`` are (y, text) beside the last month, ``held`` the x of months without a release."""

    parts: tuple[Part, ...]
    held: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]
    ends: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sentence: str


def fan(
    *, name: str, unit: Unit, months: Sequence[str], quantiles: Sequence[Quantiles | None], low: float, high: float
) -> Fan:
    """Draw one fan a run of released months, oldest first. ``quantiles`` is None in a held month.

    ``low`` and ``high`` are the ends of the vertical axis. Raises ValueError for fewer than two months, for lists of
    different length or if every month is held.
    """
    if len(months) < 2 or len(months) != len(quantiles) or not low < high:
        raise ValueError("a fan needs at least two months, one entry for each, and an axis with some length")
    known = [(month, q) for month, q in zip(months, quantiles, strict=True) if q is not None]
    if not known:
        raise ValueError("a fan needs at least one released month")

    lines = [segments([list(q)[i] if q else None for q in quantiles], low, high) for i in range(5)]
    parts = tuple(
        Part(most=_area(p90, p10), half=_area(p75, p25), median=p50)
        for p10, p25, p50, p75, p90 in zip(*lines, strict=True)
    )
    (first_month, first), (last_month, last) = known[0], known[-1]
    return Fan(
        parts=parts,
        held=tuple(round(i / (len(months) - 1) * 100, 2) for i, q in enumerate(quantiles) if q is None),
        ticks=tuple((100 - step * 25, figure(low + (high - low) * step / 4, unit)) for step in range(4, -1, -1)),
        ends=tuple(
            (round(100 - (value - low) / (high - low) * 100, 2), f"{figure(value, unit)} {label}")
            for label, value in zip(NAMES, last, strict=True)
        ),
        rows=tuple(
            (month, tuple(figure(v, unit) for v in q) if q else ()) for month, q in zip(months, quantiles, strict=True)
        ),
        sentence=(
            f"{name} by month. "
            f"Median {figure(first.p50, unit)} in {first_month}, {figure(last.p50, unit)} in {last_month}."
            + (f" {len(months) - len(known)} held and not shown." if len(known) < len(months) else "")
        ),
    )


def _area(upper: str, lower: str) -> str:
    return f"{upper} {' '.join(reversed(lower.split(' ')))}"
