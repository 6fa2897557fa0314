"""Wilson intervals of shares, against scipy and against the sentences the product says with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from loyalty.metrics.intervals import wilson

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_it_agrees_with_scipy(counts):
    successes, trials = counts
    theirs = binomtest(successes, trials).proportion_ci(method="wilson")
    ours = wilson(successes, trials)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(COUNTS)
def test_it_holds_the_estimate_and_stays_a_share(counts):
    successes, trials = counts
    ours = wilson(successes, trials)
    assert 0 <= ours.low <= successes / trials <= ours.high <= 1


@given(COUNTS)
def test_failures_mirror_successes(counts):
    successes, trials = counts
    ours, mirrored = wilson(successes, trials), wilson(trials - successes, trials)
    assert (ours.low, ours.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


def test_all_of_thirty_still_leaves_room_for_doubt():
    ours = wilson(30, 30)
    assert ours.high == 1
    assert ours.low == pytest.approx(0.8865, abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (-1, 10), (11, 10)])
def test_impossible_counts_are_refused(successes, trials):
    with pytest.raises(ValueError, match=r"at least one trial|between 0 and"):
        wilson(successes, trials)
