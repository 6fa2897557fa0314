"""The viewer's diamond on the network's spread: the one picture of a benchmark."""

from dataclasses import dataclass

from frontend.charts.axis import Axis, axis_around
from frontend.charts.bands import Band
from frontend.charts.numbers import Unit, at_least, figure
from frontend.charts.quantiles import Quantiles
from frontend.charts.spread import Spread, spread


@dataclass(frozen=True, slots=True)
class Strip:
    """A spread with the viewer on it. ``you`` is empty and ``you_x`` None where the viewer has no figure."""

    name: str
    spread: Spread
    you: str
    you_x: float | None
    off: str
    band: Band | None
    lower_is_better: bool
    sentence: str

    @property
    def word(self) -> str:
        return self.band.word if self.band else "No figure yet"

    @property
    def tone(self) -> str:
        return self.band.tone if self.band else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table: you, your band, median, middle half, middle 80 percent."""
        return (self.you or "None yet", self.word, self.spread.median, self.spread.half, self.spread.most)


def strip(
    *,
    name: str,
    unit: Unit,
    quantiles: Quantiles,
    practices: int,
    you: float | None,
    band: Band | None,
    lower_is_better: bool = False,
    axis: Axis | None = None,
) -> Strip:
    """Place the viewer on released quantiles.

    ``practices`` is the released count, already rounded down to 5. A value off the axis is clamped to its end and
    marked. ``you`` and ``band`` are both None where the viewer has no figure; raises ValueError if only one is.
    """
    if (you is None) != (band is None):
        raise ValueError("a band needs a value, and a value its band")
    axis = axis or axis_around(quantiles, unit, lower_is_better=lower_is_better)
    if axis.lower_is_better != lower_is_better:
        raise ValueError("the axis must run the way the measure does")
    network = spread(quantiles, axis, unit, name=name)
    place = axis.at(you) if you is not None else None
    own = figure(you, unit) if you is not None else ""
    return Strip(
        name=name,
        spread=network,
        you=own,
        you_x=place.x if place else None,
        off=place.off if place else "",
        band=band,
        lower_is_better=lower_is_better,
        sentence=_sentence(name, own, place.off if place else "", band, network, practices, lower_is_better),
    )


def _sentence(
    name: str, own: str, off: str, band: Band | None, network: Spread, practices: int, lower_is_better: bool
) -> str:
    among = f"of {at_least(practices)} practices"
    said = [f"{name}: you are at {own}, {band.word.lower()} {among}." if band else f"{name}: no figure of yours yet."]
    said.append(f"Median {network.median}; the middle half is {network.half}, the middle 80 percent {network.most}.")
    if lower_is_better:
        said.append("Lower is better, so lower is drawn to the right.")
    if off:
        said.append(f"Your value lies beyond the {off} end of the axis.")
    return " ".join(said)
