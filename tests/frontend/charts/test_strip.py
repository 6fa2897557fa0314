"""The geometry of one benchmark row."""

import pytest

from frontend.charts.axis import Axis, Place, axis_around
from frontend.charts.strip import strip
from loyalty.benchmarks.position import Band, band
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.metrics.definition import Better, Unit

REBOOKED = Quantiles(30, 44, 50, 58, 67)
HOURS = Quantiles(6, 11, 19, 27, 38)


def rebooked(you=41.0, **more):
    given = {
        "better": Better.HIGHER,
        "practices": 60,
        "band": None if you is None else band(you, REBOOKED),
        "axis": Axis(20, 80),
    }
    return strip(name="Visits rebooked", unit=Unit.PERCENT, quantiles=REBOOKED, you=you, **(given | more))


def test_marks_lie_in_percent_of_the_width():
    drawn = rebooked()
    assert (drawn.spread.most_x, drawn.spread.most_width) == (16.67, 61.66)
    assert (drawn.spread.half_x, drawn.spread.half_width) == (40.0, 23.33)
    assert drawn.spread.median_x == 50.0
    assert (drawn.you_x, drawn.off) == (35.0, "")


def test_the_axis_flips_where_lower_is_better():
    own = strip(
        name="Hours until we reach out",
        unit=Unit.HOURS,
        quantiles=HOURS,
        practices=60,
        you=9,
        band=band(9, HOURS),
        better=Better.LOWER,
        axis=Axis(0, 40, lower_is_better=True),
    )
    assert own.you_x == 77.5
    assert (own.spread.most_x, own.spread.most_width) == (5.0, 80.0)
    assert "lower is drawn to the right" in own.sentence


def test_an_axis_that_runs_the_other_way_than_its_measure_is_refused():
    with pytest.raises(ValueError, match="the way the measure does"):
        rebooked(better=Better.LOWER)


@pytest.mark.parametrize(("you", "x", "off"), [(95, 100.0, "right"), (5, 0.0, "left")])
def test_a_value_off_the_axis_is_clamped_with_a_mark_and_said_aloud(you, x, off):
    drawn = rebooked(you)
    assert (drawn.you_x, drawn.off) == (x, off)
    assert drawn.sentence.endswith(f"beyond the {off} end of the axis.")


def test_the_ends_of_the_axis_are_still_on_it():
    assert Axis(20, 80).at(20) == Place(0.0)
    assert Axis(20, 80).at(80) == Place(100.0)


def test_the_sentence_says_the_figure_the_band_and_the_network():
    assert rebooked().sentence == (
        "Visits rebooked: you are at 41%, lower quarter of 60+ practices. "
        "Median 50%; the middle half is 44 to 58%, the middle 80 percent 30 to 67%."
    )


def test_the_table_row_says_what_the_picture_shows():
    assert rebooked().cells == ("41%", "Lower quarter", "50%", "44 to 58%", "30 to 67%")


def test_without_a_figure_of_its_own_a_practice_still_sees_the_network():
    drawn = rebooked(you=None, band=None)
    assert (drawn.you_x, drawn.word) == (None, "No figure yet")
    assert drawn.cells[0] == "None yet"
    assert "no figure of yours yet" in drawn.sentence


def test_a_band_without_a_value_is_refused():
    with pytest.raises(ValueError, match="a band needs a value"):
        rebooked(you=None, band=Band.ABOVE_P90)


def test_where_neither_is_better_the_place_has_no_tone():
    drawn = rebooked(70, better=Better.NEITHER)
    assert (drawn.word, drawn.tone) == ("Above P90", "")


def test_the_axis_around_quantiles_never_leaves_what_is_possible():
    axis = axis_around(Quantiles(5, 40, 60, 80, 97), low=0, high=100)
    assert (axis.low, axis.high) == (0.0, 100.0)
    assert axis_around(Quantiles(-20, 0, 10, 20, 40)).low == -47.0


def test_quantiles_that_are_all_equal_still_have_an_axis():
    assert axis_around(Quantiles(50, 50, 50, 50, 50)).at(50).x == 50.0


def test_an_axis_without_length_is_refused():
    with pytest.raises(ValueError, match="some length"):
        Axis(5, 5)
