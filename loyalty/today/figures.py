"""The figures above the day: the practice's own, computed now or by the last closed month."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """value: the difference to a year ago. sure: its 95 % interval excludes zero; else it is too early to tell."""

    value: float
    sure: bool


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """month: its first day. value: the score of the twelve months that end with it, None where nobody answered."""

    month: date
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class NpsFigure:
    """-100 to 100 over the year that ends today; low, high: 95 % interval; n: answers.

    trend: 12 points, oldest first; the last one is the year that ends today.
    """

    value: float
    low: float
    high: float
    n: int
    change: Change | None
    trend: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A share from 0 to 1 of the window that ends with `month`, the newest one computed; low, high: 95 % interval."""

    value: float
    low: float | None
    high: float | None
    n: int
    month: date
    change: Change | None


@dataclass(frozen=True, slots=True)
class NotesFigure:
    """written: notes written since Monday. due: those, and what is still to be written by Sunday."""

    written: int
    due: int


@dataclass(frozen=True, slots=True)
class FeedbackFigure:
    """Answers this month and the share of those asked this month who answered; share None when nobody was asked."""

    answers: int
    asked: int
    share: float | None
    month: date


@dataclass(frozen=True, slots=True)
class Figures:
    """nps, return_rate: None until there is something to compute them from."""

    nps: NpsFigure | None
    return_rate: RateFigure | None
    notes: NotesFigure
    feedback: FeedbackFigure
