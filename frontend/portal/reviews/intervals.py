"""A share and its interval as places on a line from 0 to 100 %."""

from dataclasses import dataclass

from loyalty.reviews.certificate import Line


@dataclass(frozen=True, slots=True)
class Drawn:
    """low, at, high: in percent of the line, with one decimal; None where nobody came up."""

    line: Line
    low: float | None
    at: float | None
    high: float | None

    @property
    def percent(self) -> str:
        return "" if self.at is None else f"{self.at:.0f}"

    @property
    def between(self) -> str:
        return "" if self.low is None or self.high is None else f"{self.low:.0f} to {self.high:.0f} %"


def drawn(line: Line) -> Drawn:
    if line.interval is None or line.share is None:
        return Drawn(line, None, None, None)
    return Drawn(
        line, round(line.interval.low * 100, 1), round(line.share * 100, 1), round(line.interval.high * 100, 1)
    )
