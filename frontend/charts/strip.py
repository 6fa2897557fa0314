"""The viewer's diamond on the network's spread: the one picture of a benchmark."""

from dataclasses import dataclass

from frontend.charts.axis import Axis
from frontend.charts.bands import BandWord, band_word
from frontend.charts.numbers import at_least, figure
from frontend.charts.spread import Spread, spread
from loyalty.benchmarks.position import Band
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Better, Unit


@dataclass(frozen=True, slots=True)
class Strip:
    """A spread with the viewer on it. ``you`` is empty and ``you_x`` None where the viewer has no figure.

    ``word`` and ``tone`` are the band's; where neither more nor less is better they only say where it lies.
    """

    name: str
    spread: Spread
    you: str
    you_x: float | None
    off: str
    word: str
    tone: str
    lower_is_better: bool
    sentence: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table: you, your band, median, middle half, middle 80 percent."""
        return (self.you or "None yet", self.word, self.spread.median, self.spread.half, self.spread.most)


def strip(
    *,
    name: str,
    unit: Unit,
    better: Better,
    quantiles: Quantiles,
    practices: int,
    axis: Axis,
    you: float | None,
    band: Band | None,
) -> Strip:
    """Place the viewer on released quantiles.

    ``practices`` is the released count, already rounded down to 5. A value off the axis is clamped to its end and
    marked. ``you`` and ``band`` are both None where the viewer has no figure; raises ValueError if only one is, or if
    the axis does not run the way that is better.
    """
    if (you is None) != (band is None):
        raise ValueError("a band needs a value, and a value its band")
    if axis.lower_is_better != (better is Better.LOWER):
        raise ValueError("the axis must run the way the measure does")
    network = spread(quantiles, axis, unit, name=name)
    place = axis.at(you) if you is not None else None
    own = figure(you, unit) if you is not None else ""
    off = place.off if place else ""
    standing = band_word(band, better) if band else BandWord("No figure yet")
    return Strip(
        name=name,
        spread=network,
        you=own,
        you_x=place.x if place else None,
        off=off,
        word=standing.word,
        tone=standing.tone,
        lower_is_better=axis.lower_is_better,
        sentence=" ".join(_sentence(name, own, standing.word, off, network, practices, axis.lower_is_better)),
    )


def _sentence(
    name: str, own: str, word: str, off: str, network: Spread, practices: int, lower_is_better: bool
) -> list[str]:
    if own:
        said = [f"{name}: you are at {own}, {word[0].lower()}{word[1:]} of {at_least(practices)} practices."]
    else:
        said = [f"{name}: no figure of yours yet."]
    said.append(f"Median {network.median}; the middle half is {network.half}, the middle 80 percent {network.most}.")
    if lower_is_better:
        said.append("Lower is better, so lower is drawn to the right.")
    if off:
        said.append(f"Your value lies beyond the {off} end of the axis.")
    return said
