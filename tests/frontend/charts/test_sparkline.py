"""Lines over months, with gaps where a month has no figure."""

import pytest

from frontend.charts.sparkline import segments, sparkline
from loyalty.metrics.definition import Unit


def test_points_run_from_left_to_right_and_up_is_more():
    assert segments([0, 5, 10], 0, 10) == ("0,100 50,50 100,0",)


def test_a_month_without_a_figure_breaks_the_line():
    assert segments([0, 5, None, 10, 10], 0, 10) == ("0,100 25,50", "75,0 100,0")


def test_a_lonely_month_is_a_dot():
    assert segments([None, 5, None], 0, 10) == ("50,50 50,50",)


def test_no_figures_at_all_draw_nothing():
    line = sparkline(name="Promises kept", unit=Unit.PERCENT, you=[None, None, None])
    assert line.you == ()
    assert "you have no figure" in line.sentence


def test_both_series_share_one_scale():
    line = sparkline(name="NPS", unit=Unit.SCORE, you=[40, 60], median=[50, 50])
    assert line.median == ("0,50 100,50",)


def test_a_flat_series_lies_in_the_middle():
    assert sparkline(name="NPS", unit=Unit.SCORE, you=[50, 50]).you == ("0,50 100,50",)


def test_the_sentence_names_first_and_last_figures_and_the_gaps():
    line = sparkline(name="NPS", unit=Unit.SCORE, you=[61, None, 74], median=[58, 60, 62])
    assert line.sentence == (
        "NPS over 3 months: you went from 61 to 74; the median went from 58 to 62. "
        "1 of these months has no figure of yours."
    )


def test_a_hidden_median_is_said_and_not_drawn():
    line = sparkline(name="NPS", unit=Unit.SCORE, you=[61, 74], hidden=True)
    assert line.median == ()
    assert line.sentence == "NPS over 2 months: you went from 61 to 74; the median is hidden."


def test_a_line_of_your_own_says_nothing_of_a_median():
    assert sparkline(name="NPS", unit=Unit.SCORE, you=[61, 74]).sentence == "NPS over 2 months: you went from 61 to 74."


def test_series_of_different_length_are_refused():
    with pytest.raises(ValueError, match="one entry a month"):
        sparkline(name="NPS", unit=Unit.SCORE, you=[1, 2], median=[1, 2, 3])


def test_one_month_is_no_line():
    with pytest.raises(ValueError, match="two months"):
        segments([1], 0, 10)
