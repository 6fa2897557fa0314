"""Quantiles inside a practice: Hyndman-Fan type 7."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.metrics.quantile import quantile


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=100).map(sorted), st.floats(0, 1))
def test_it_agrees_with_numpy(values, share):
    assert quantile(values, share) == pytest.approx(np.quantile(values, share, method="linear"), rel=1e-9, abs=1e-6)


def test_it_interpolates_between_neighbors():
    assert quantile([10, 20, 30, 40], 0.5) == 25
    assert quantile([10, 20, 30, 40], 0.1) == pytest.approx(13)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], -0.1), ([1.0], 1.1)])
def test_impossible_questions_are_refused(values, share):
    with pytest.raises(ValueError, match=r"at least one value|between 0 and 1"):
        quantile(values, share)
