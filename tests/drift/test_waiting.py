"""How long until something happens, of people of whom some still wait: what is published, and what others find."""

from warnings import catch_warnings, simplefilter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times
from scipy.stats import CensoredData, ecdf

from loyalty import drift

# Weeks of remission of the 21 patients on 6-mercaptopurine of Freireich et al. (1963), Blood 21, 699-716; those of the
# second list were in remission still. The figures beside them stand in Kleinbaum and Klein, Survival Analysis, ch. 2.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
IN_REMISSION = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PUBLISHED = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


@pytest.fixture
def freireich():
    return drift.kaplan_meier(
        waited=[*RELAPSED, *IN_REMISSION], happened=[True] * len(RELAPSED) + [False] * len(IN_REMISSION)
    )


def test_the_published_figures_are_reproduced(freireich):
    assert {
        int(time): round(float(left), 4) for time, left in zip(freireich.times, freireich.waiting, strict=True)
    } == (PUBLISHED)
    assert freireich.median == 23


def test_the_share_to_whom_it_happened_is_the_rest_with_its_interval_and_who_was_followed(freireich):
    found = freireich.share(10)
    assert (round(found.share, 4), found.followed) == (0.2471, 15)
    assert freireich.share(12).share == found.share
    # On the log-log scale, as R's survfit(conf.type = "log-log") prints it: .503 to .889 are still in remission.
    assert (round(1 - found.high, 3), round(1 - found.low, 3)) == (0.503, 0.889)


def test_beyond_the_longest_wait_nobody_knows(freireich):
    assert freireich.share(35) is not None
    assert freireich.share(35.1) is None
    assert drift.kaplan_meier(waited=[], happened=[]).share(0) is None


waits = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(waits)
def test_it_equals_that_of_lifelines(rows):
    waited, happened = (np.array(column) for column in zip(*rows, strict=True))
    ours, theirs = drift.kaplan_meier(waited=waited, happened=happened), KaplanMeierFitter()
    theirs.fit(waited, event_observed=happened)
    if not np.isclose(ours.waiting, 0.5).any():
        # At exactly half, theirs is a rounding above or below it.
        assert ours.median == (None if np.isinf(theirs.median_survival_time_) else theirs.median_survival_time_)
    between = theirs.confidence_interval_survival_function_
    for time in np.unique(waited).astype(float):
        found = ours.share(time)
        assert 1 - found.share == pytest.approx(theirs.predict(time), abs=1e-9)
        assert found.followed == theirs.event_table.loc[time, "at_risk"]
        if 0 < found.share < 1 - 1e-9:
            # Theirs is the same interval, Greenwood's on the log-log scale.
            low, high = between.loc[time]
            assert (1 - found.high, 1 - found.low) == pytest.approx((low, high), abs=1e-7)


def test_lifelines_finds_the_published_figures_too(freireich):
    theirs = KaplanMeierFitter().fit([*RELAPSED, *IN_REMISSION], [1] * len(RELAPSED) + [0] * len(IN_REMISSION))
    assert {time: round(float(theirs.predict(time)), 4) for time in PUBLISHED} == PUBLISHED
    assert median_survival_times(theirs.survival_function_) == freireich.median


@given(waits)
def test_it_equals_scipys(rows):
    waited, happened = (np.array(column) for column in zip(*rows, strict=True))
    ours = drift.kaplan_meier(waited=waited, happened=happened)
    theirs = ecdf(CensoredData(uncensored=waited[happened], right=waited[~happened])).sf
    times = np.unique(waited).astype(float)
    left = np.array([1 - ours.share(time).share for time in times])
    assert left == pytest.approx(theirs.evaluate(times), abs=1e-12)
    with catch_warnings():
        # It says that nobody and everybody have no interval on this scale; those are not compared.
        simplefilter("ignore", RuntimeWarning)
        between = theirs.confidence_interval(confidence_level=0.95, method="log-log")
    for time in times:
        found = ours.share(time)
        if 0 < found.share < 1 - 1e-12:
            ends = 1 - between.high.evaluate(time), 1 - between.low.evaluate(time)
            assert (found.low, found.high) == pytest.approx(ends, abs=1e-9)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60))
def test_where_nobody_still_waits_it_is_the_plain_share(waited):
    curve = drift.kaplan_meier(waited=waited, happened=[True] * len(waited))
    for time in set(waited):
        assert curve.share(time).share == pytest.approx(sum(one <= time for one in waited) / len(waited))


@pytest.mark.parametrize("people", range(2, 80, 2))
def test_exactly_half_is_half(people):
    """A product of 39 fractions is a rounding above one half, or below it."""
    assert drift.kaplan_meier(waited=range(1, people + 1), happened=[True] * people).median == people / 2


def test_nobody_and_everybody_are_not_certain():
    nobody = drift.kaplan_meier(waited=[5] * 30, happened=[False] * 30).share(5)
    assert (nobody.share, nobody.low, round(nobody.high, 3)) == (0, 0, 0.116)
    everybody = drift.kaplan_meier(waited=[5] * 30, happened=[True] * 30).share(5)
    assert (everybody.share, round(everybody.low, 3), everybody.high) == (1, 0.884, 1)


@pytest.mark.parametrize(
    ("waited", "happened", "words"),
    [
        ([1, 2], [True], "of one length"),
        ([[1]], [[True]], "of one length"),
        ([-1], [True], "from 0 on"),
        ([float("nan")], [False], "from 0 on"),
        ([float("inf")], [False], "from 0 on"),
        (["soon"], [True], "waited must be a number"),
        ([1, 2], [1, float("nan")], "happened is True or False"),
        ([1, 2], [1, 2], "happened is True or False"),
    ],
)
def test_what_is_no_wait_is_refused(waited, happened, words):
    with pytest.raises(ValueError, match=words):
        drift.kaplan_meier(waited=waited, happened=happened)
