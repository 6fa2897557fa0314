"""What was said against what happened: a point for each group, with its interval, beside the line where both agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.drifting.look_back import Group


@dataclass(frozen=True, slots=True)
class CalibrationPoint:
    """In percent of the box, y downwards. low, high: ends of the interval. agrees: it holds what was said."""

    x: float
    y: float
    low: float
    high: float
    agrees: bool
    said: str
    came: str
    interval: str
    patients: int


@dataclass(frozen=True, slots=True)
class CalibrationPicture:
    points: tuple[CalibrationPoint, ...]
    ticks: tuple[str, ...]
    agreeing: int
    sentence: str


def calibration_picture(groups: Sequence[Group]) -> CalibrationPicture:
    """Both axes run from 0 to 100 percent, so the line of agreement is the diagonal."""
    points = tuple(_point(group) for group in groups)
    agreeing = sum(point.agrees for point in points)
    told = "; ".join(f"said {point.said}, came back {point.came}" for point in points)
    return CalibrationPicture(
        points=points,
        ticks=("0%", "25%", "50%", "75%", "100%"),
        agreeing=agreeing,
        sentence=(
            f"What the model said against what happened, in {len(points)} groups of patients: {told}. "
            f"In {agreeing} of {len(points)} what was said lies within the interval of what happened."
        ),
    )


def _point(group: Group) -> CalibrationPoint:
    return CalibrationPoint(
        x=_percent(group.said),
        y=_percent(1 - group.came),
        low=_percent(1 - group.low),
        high=_percent(1 - group.high),
        agrees=group.low <= group.said <= group.high,
        said=f"{group.said:.0%}",
        came=f"{group.came:.0%}",
        interval=f"{group.low:.0%} to {group.high:.0%}",
        patients=group.patients,
    )


def _percent(share: float) -> float:
    return round(100 * min(max(share, 0.0), 1.0), 2)
