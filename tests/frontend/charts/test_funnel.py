"""The picture of limits around the released median."""

import pytest

from frontend.charts.funnel import funnel_picture
from loyalty.benchmarks.funnel import Funnel
from loyalty.metrics.definition import Unit


def rebooked(*, between=9.5, you=41.0, n=604):
    limits = Funnel(center=50, unit_variance=2500, between=between, low=0, high=100)
    return funnel_picture(name="visits rebooked", unit=Unit.PERCENT, funnel=limits, you=you, n=n)


def points(polygon):
    return [tuple(float(v) for v in point.split(",")) for point in polygon.split()]


def test_the_median_lies_where_the_axis_says():
    drawn = rebooked()
    assert (drawn.y_ticks[0], drawn.y_ticks[-1]) == ("100%", "0%")
    assert drawn.median_y == 50.0


def test_small_practices_have_wider_limits():
    upper = points(rebooked().inner)
    first, last = upper[0], upper[len(upper) // 2 - 1]
    assert first[0] < last[0]
    assert first[1] < last[1]


def test_without_spread_between_practices_limits_close_on_the_median():
    drawn = rebooked(between=0, n=100_000)
    assert drawn.inner_y == pytest.approx(drawn.median_y, abs=0.5)


def test_the_outer_limits_hold_more_than_the_inner():
    drawn = rebooked()
    assert drawn.outer_y < drawn.inner_y < drawn.median_y


def test_limits_at_the_end_of_the_scale_are_named_at_the_other_end():
    near = Funnel(center=80, unit_variance=2500, between=12, low=0, high=100)
    high = funnel_picture(name="NPS", unit=Unit.PERCENT, funnel=near, you=70, n=600)
    assert high.named_below
    assert high.median_y < high.inner_y < high.outer_y
    assert not rebooked().named_below


@pytest.mark.parametrize(
    ("you", "between"), [(50, (-20, -5)), (52, (-20, -5)), (48, (15, 30)), (70, (0, 10)), (20, (0, 10))]
)
def test_the_line_of_the_median_does_not_strike_the_viewers_words(you, between):
    drawn = rebooked(you=you)
    assert between[0] <= drawn.you_dy <= between[1]


@pytest.mark.parametrize(("you", "inside"), [(41, True), (31.5, True), (30, False), (90, False)])
def test_it_says_whether_the_gap_may_be_luck(you, inside):
    drawn = rebooked(you=you)
    assert drawn.inside is inside
    assert (", inside the limits" in drawn.sentence) is inside


def test_a_practice_with_few_patients_may_lie_far_off_by_luck_alone():
    assert rebooked(you=75, n=20).inside
    assert not rebooked(you=75, n=2000).inside


def test_limits_never_leave_the_axis():
    assert all(0 <= y <= 100 for _, y in points(rebooked(between=60).outer))


@pytest.mark.parametrize("n", [1, 29, 75, 604, 5000, 123_456])
def test_the_viewer_is_on_the_picture_and_ticks_are_whole(n):
    drawn = rebooked(n=n)
    assert 0 < drawn.you_x < 100
    assert "." not in "".join(drawn.x_ticks)
    assert drawn.x_ticks[0] == "0"


def test_no_observations_is_no_funnel():
    with pytest.raises(ValueError, match="at least one observation"):
        rebooked(n=0)
