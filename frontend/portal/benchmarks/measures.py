"""One measure as the benchmarks show it: your figure, the network's, where you are, and two years of both."""

from dataclasses import dataclass

from frontend.charts.axis import axis_around
from frontend.charts.hush import Hush, absent, hidden
from frontend.charts.numbers import figure, interval
from frontend.charts.sparkline import Sparkline, sparkline
from frontend.charts.strip import Strip, strip
from loyalty.benchmarks.read import Standing
from loyalty.metrics.definition import Better, Unit


@dataclass(frozen=True, slots=True)
class Measure:
    """you, interval, n: empty where the practice has no figure; then ``absent`` says why.

    strip, or hush with the rule that hides it: never both. line: None before there are two figures of the practice.
    """

    key: str
    version: int
    name: str
    sentence: str
    formula: str
    you: str
    interval: str
    n: str
    uncertain: bool
    absent: Hush | None
    strip: Strip | None
    hush: Hush | None
    line: Sparkline | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table: you, interval, n, band, P10, P25, median, P75, P90; the last six only if released."""
        own = (self.you or "None yet", self.interval, self.n + (" (uncertain)" if self.uncertain else ""))
        return (*own, self.strip.word, *self.strip.spread.figures) if self.strip else own


def measure(standing: Standing) -> Measure:
    """Put a standing into words and marks."""
    definition, own = standing.definition, standing.own
    return Measure(
        key=definition.key,
        version=definition.version,
        name=definition.name,
        sentence=definition.sentence,
        formula=definition.formula,
        you=figure(own.value, definition.unit) if own else "",
        interval=interval(own.low, own.high, definition.unit) if own else "",
        n=figure(own.n, Unit.COUNT) if own else "",
        uncertain=own.is_uncertain if own else False,
        absent=None if own else absent(definition.source),
        strip=_strip(standing),
        hush=hidden(standing.hidden) if standing.hidden else None,
        line=_line(standing),
    )


def _strip(standing: Standing) -> Strip | None:
    definition, own, released = standing.definition, standing.own, standing.released
    if released is None:
        return None
    return strip(
        name=definition.name,
        unit=definition.unit,
        better=definition.better,
        quantiles=released.quantiles,
        practices=released.practices,
        axis=axis_around(
            released.quantiles,
            low=definition.low,
            high=definition.high,
            lower_is_better=definition.better is Better.LOWER,
        ),
        you=own.value if own else None,
        band=standing.band,
    )


def _line(standing: Standing) -> Sparkline | None:
    own = [point.own.value if point.own else None for point in standing.trend]
    medians = [point.median for point in standing.trend]
    if sum(value is not None for value in own) < 2:
        return None
    shown = any(value is not None for value in medians)
    return sparkline(
        name=standing.definition.name,
        unit=standing.definition.unit,
        you=own,
        median=medians if shown else None,
        hidden=not shown,
    )
