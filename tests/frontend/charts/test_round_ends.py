"""Ends of a vertical axis."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontend.charts.ticks import round_ends


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [(29, 84, (20, 100)), (3, 97, (0, 100)), (45, 97, (20, 100)), (0.2, 0.9, (0.2, 1)), (300, 2400, (0, 4000))],
)
def test_ticks_are_round(low, high, ends):
    assert round_ends(low, high, least=0, most=100 if high <= 100 else 1e9) == pytest.approx(ends)


@given(low=st.floats(0, 99), length=st.floats(0.01, 100))
def test_the_range_lies_between_the_ends(low, length):
    high = min(low + length, 100.0)
    assume(high - low > 0.01)
    start, end = round_ends(low, high, least=0, most=100)
    assert 0 <= start <= low + 1e-6
    assert high <= end + 1e-6


def test_a_range_without_length_is_refused():
    with pytest.raises(ValueError, match="some length"):
        round_ends(5, 5)
