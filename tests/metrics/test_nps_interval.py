"""The net promoter score: the plain formula as a check, the adjusted interval that is shown, its exact coverage."""

from math import comb, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.metrics.intervals import ClusterSums, adjusted_nps, plain_nps
from loyalty.metrics.intervals.nps import nps_design_effect

ANSWERS = st.integers(1, 400).flatmap(
    lambda n: st.integers(0, n).flatmap(lambda p: st.tuples(st.just(p), st.integers(0, n - p), st.just(n)))
)


def test_half_promoters_and_a_fifth_detractors_of_a_hundred_are_30_plus_or_minus_15_point_3():
    interval = plain_nps(50, 20, 100).scaled(100)
    assert (interval.low + interval.high) / 2 == pytest.approx(30)
    assert interval.width / 2 == pytest.approx(15.3, abs=0.05)


def test_the_shown_interval_is_as_wide_there():
    assert adjusted_nps(50, 20, 100).scaled(100).width / 2 == pytest.approx(15.3, abs=0.05)


@given(ANSWERS)
def test_it_holds_the_estimate_and_stays_a_score(answers):
    promoters, detractors, n = answers
    ours = adjusted_nps(promoters, detractors, n)
    assert -1 <= ours.low <= (promoters - detractors) / n <= ours.high <= 1


@given(ANSWERS)
def test_detractors_mirror_promoters(answers):
    promoters, detractors, n = answers
    ours, mirrored = adjusted_nps(promoters, detractors, n), adjusted_nps(detractors, promoters, n)
    assert (ours.low, ours.high) == pytest.approx((-mirrored.high, -mirrored.low), abs=1e-12)


@pytest.mark.parametrize(("answers", "low"), [(11, 55.6), (30, 81.7), (100, 94.2)])
def test_a_hundred_is_not_certain(answers, low):
    ours = adjusted_nps(answers, 0, answers).scaled(100)
    assert ours.high == 100
    assert ours.low == pytest.approx(low, abs=0.05)
    assert plain_nps(answers, 0, answers).width == 0


@pytest.mark.parametrize(("promoters", "detractors", "answers"), [(0, 0, 0), (6, 5, 10), (-1, 0, 10), (0, -1, 10)])
def test_impossible_counts_are_refused(promoters, detractors, answers):
    with pytest.raises(ValueError, match="answer"):
        adjusted_nps(promoters, detractors, answers)


def exact_coverage(interval, *, promoting, detracting, answers):
    """The probability, summed over every possible outcome, that the interval holds the truth."""
    passive = 1 - promoting - detracting
    covered = 0.0
    for promoters in range(answers + 1):
        for detractors in range(answers + 1 - promoters):
            if promoting - detracting not in interval(promoters, detractors, answers):
                continue
            ways = log(comb(answers, promoters)) + log(comb(answers - promoters, detractors))
            rest = answers - promoters - detractors
            covered += np.exp(
                ways + promoters * log(promoting) + detractors * log(detracting) + rest * log(passive)
            ).item()
    return covered


@pytest.mark.parametrize("answers", [11, 30, 60])
@pytest.mark.parametrize(("promoting", "detracting"), [(0.5, 0.2), (0.7, 0.1), (0.9, 0.02), (0.97, 0.01), (0.3, 0.3)])
def test_its_exact_coverage_is_close_to_95_percent(promoting, detracting, answers):
    covered = exact_coverage(adjusted_nps, promoting=promoting, detracting=detracting, answers=answers)
    assert covered >= 0.93


def test_the_plain_interval_fails_where_nearly_all_promote():
    assert exact_coverage(plain_nps, promoting=0.97, detracting=0.01, answers=30) < 0.6


def test_patients_who_answer_again_widen_it():
    # Forty patients who each gave the same answer three times say what forty answers say.
    again = ClusterSums.of([(3, 3)] * 25 + [(0, 3)] * 10 + [(-3, 3)] * 5)
    effect = nps_design_effect(again, promoters=75, detractors=15)
    assert effect == pytest.approx(3, rel=0.05)
    assert adjusted_nps(75, 15, 120, design_effect=effect).width == pytest.approx(
        adjusted_nps(25, 5, 40).width, rel=0.05
    )


def test_patients_who_answer_once_do_not():
    once = ClusterSums.of([(1, 1)] * 25 + [(0, 1)] * 10 + [(-1, 1)] * 5)
    assert nps_design_effect(once, promoters=25, detractors=5) == 1
