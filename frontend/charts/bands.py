"""Words for the viewer's place among the practices: one of six bands, never an exact percentile."""

from dataclasses import dataclass

from loyalty.benchmarks.position import Band
from loyalty.metrics.definition import Better

STANDINGS = ("Lowest tenth", "Lower quarter", "Lower middle", "Upper middle", "Top quarter", "Top tenth")


@dataclass(frozen=True, slots=True)
class BandWord:
    """``tone`` is "good", "low" or empty, and only repeats what ``word`` says."""

    word: str
    tone: str = ""


def band_word(band: Band, better: Better) -> BandWord:
    """Say how good the place is, or only where it lies if neither more nor less is better."""
    if better is Better.NEITHER:
        return BandWord(band.value[0].upper() + band.value[1:])
    standing = band.standing(better)
    return BandWord(STANDINGS[standing], tone="good" if standing >= 4 else "low" if standing <= 1 else "")
