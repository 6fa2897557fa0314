"""Words for the viewer's place."""

import pytest

from frontend.charts.bands import band_word
from loyalty.benchmarks.position import Band
from loyalty.metrics.definition import Better


@pytest.mark.parametrize(
    ("band", "better", "word", "tone"),
    [
        (Band.ABOVE_P90, Better.HIGHER, "Top tenth", "good"),
        (Band.P75_TO_P90, Better.HIGHER, "Top quarter", "good"),
        (Band.P50_TO_P75, Better.HIGHER, "Upper middle", ""),
        (Band.P25_TO_P50, Better.HIGHER, "Lower middle", ""),
        (Band.P10_TO_P25, Better.HIGHER, "Lower quarter", "low"),
        (Band.BELOW_P10, Better.HIGHER, "Lowest tenth", "low"),
        (Band.BELOW_P10, Better.LOWER, "Top tenth", "good"),
        (Band.ABOVE_P90, Better.LOWER, "Lowest tenth", "low"),
        (Band.ABOVE_P90, Better.NEITHER, "Above P90", ""),
        (Band.P25_TO_P50, Better.NEITHER, "P25 to P50", ""),
    ],
)
def test_a_band_is_named_by_how_good_it_is_or_only_by_where_it_lies(band, better, word, tone):
    said = band_word(band, better)
    assert (said.word, said.tone) == (word, tone)


@pytest.mark.parametrize("better", Better)
def test_every_band_has_its_own_word_so_that_color_is_never_the_only_signal(better):
    assert len({band_word(band, better).word for band in Band}) == 6
