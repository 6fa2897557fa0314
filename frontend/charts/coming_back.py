"""How many of the new patients are back by which day: a line with its interval, from the day of the first visit on."""

from dataclasses import dataclass

from loyalty.drifting.coming_back import ComingBack


@dataclass(frozen=True, slots=True)
class ComingBackPicture:
    """line, band: points in a box of 100 by 100, y downwards. days: (x in percent, day). end: (y in percent, words) of
    the last point. rows: of the table, (day, share, interval, followed)."""

    line: str
    band: str
    ticks: tuple[tuple[int, str], ...]
    days: tuple[tuple[float, int], ...]
    end: tuple[float, str]
    rows: tuple[tuple[int, str, str, int], ...]
    sentence: str


def coming_back_picture(found: ComingBack) -> ComingBackPicture:
    """Raises ValueError where there is no point to draw."""
    if not found.points:
        raise ValueError("a curve needs at least one point")
    last = found.points[-1]
    xs = [round(point.day / last.day * 100, 2) for point in found.points]
    upper = [f"{x},{_y(point.high)}" for x, point in zip(xs, found.points, strict=True)]
    lower = [f"{x},{_y(point.low)}" for x, point in zip(xs, found.points, strict=True)]
    told = "; ".join(f"within {point.day} days {point.share:.0%}" for point in found.points)
    return ComingBackPicture(
        line=" ".join(["0,100", *(f"{x},{_y(point.share)}" for x, point in zip(xs, found.points, strict=True))]),
        band=" ".join(["0,100", *upper, *reversed(lower)]),
        ticks=tuple((100 - step * 25, f"{step * 25}%") for step in range(4, -1, -1)),
        days=((0.0, 0), *zip(xs, (point.day for point in found.points), strict=True)),
        end=(_y(last.share), f"{last.share:.0%}"),
        rows=tuple(
            (point.day, f"{point.share:.0%}", f"{point.low:.0%} to {point.high:.0%}", point.followed)
            for point in found.points
        ),
        sentence=f"How many of {found.patients} new patients are back: {told}.",
    )


def _y(share: float) -> float:
    return round(100 - 100 * share, 2)
