"""The figures above the day, in words: each beside its comparison, colored only when it is certain."""

from dataclasses import dataclass

from frontend.charts.numbers import change, figure, interval
from frontend.charts.sparkline import Sparkline, sparkline
from loyalty.metrics.definition import Unit
from loyalty.today import Change, FeedbackFigure, Figures, NpsFigure, RateFigure


@dataclass(frozen=True, slots=True)
class Delta:
    """``text`` is the size of a change; ``sure`` where its interval excludes zero."""

    text: str
    up: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Score:
    value: str
    interval: str
    n: str
    delta: Delta | None
    line: Sparkline


@dataclass(frozen=True, slots=True)
class Share:
    value: str
    n: str
    delta: Delta | None


@dataclass(frozen=True, slots=True)
class Headline:
    """None where there is nothing to compute a figure from; ``asked`` is empty where nobody was asked."""

    nps: Score | None
    returning: Share | None
    asked: str


def headline(figures: Figures) -> Headline:
    """Put the figures of the day into words."""
    return Headline(
        nps=_score(figures.nps) if figures.nps else None,
        returning=_share(figures.return_rate) if figures.return_rate else None,
        asked=_asked(figures.feedback),
    )


def _score(nps: NpsFigure) -> Score:
    return Score(
        value=figure(nps.value, Unit.SCORE),
        interval=interval(nps.low, nps.high, Unit.SCORE),
        n=figure(nps.n, Unit.COUNT),
        delta=_delta(nps.change, Unit.SCORE, scale=1),
        line=sparkline(name="Net promoter score", unit=Unit.SCORE, you=[point.value for point in nps.trend]),
    )


def _share(rate: RateFigure) -> Share:
    return Share(
        value=figure(rate.value * 100, Unit.PERCENT),
        n=figure(rate.n, Unit.COUNT),
        delta=_delta(rate.change, Unit.PERCENT, scale=100),
    )


def _delta(difference: Change | None, unit: Unit, *, scale: int) -> Delta | None:
    if difference is None:
        return None
    return Delta(text=change(difference.value * scale, unit), up=difference.value >= 0, sure=difference.sure)


def _asked(feedback: FeedbackFigure) -> str:
    if feedback.share is None:
        return ""
    return f"{figure(feedback.share * 100, Unit.PERCENT)} of {figure(feedback.asked, Unit.COUNT)} asked"
