"""Figures: each carries numerator, denominator, n and a 95 % interval; without n there is none."""

from math import inf

import pytest

from loyalty.metrics import figure
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.intervals import ClusterSums, wilson

NONE = ClusterSums.of([])


@pytest.mark.parametrize(
    "made",
    [
        figure.visit_share(DEFINITIONS["note_coverage"], NONE),
        figure.patient_share(DEFINITIONS["return_rate_180"], successes=0, patients=0),
        figure.net_score(DEFINITIONS["nps"], NONE, promoters=0, detractors=0),
        figure.median(DEFINITIONS["note_hours"], [], patients=0),
        figure.count(DEFINITIONS["visits"], 0, patients=0),
    ],
)
def test_a_figure_of_nothing_is_absent_and_not_zero(made):
    assert made is None


def test_a_share_of_visits_counts_visits_and_knows_its_patients():
    made = figure.visit_share(DEFINITIONS["note_coverage"], ClusterSums.of([(2, 3), (1, 1), (0, 1)]))
    assert (made.value, made.numerator, made.denominator, made.n, made.patients) == (60, 3, 5, 5, 3)
    assert made.low < 60 < made.high
    assert made.design_effect > 1


def test_a_share_of_patients_has_the_wilson_interval():
    made = figure.patient_share(DEFINITIONS["return_rate_180"], successes=58, patients=100)
    expected = wilson(58, 100)
    assert (made.value, made.n) == (58, 100)
    assert (made.low, made.high) == (100 * expected.low, 100 * expected.high)


def test_a_net_score_can_be_negative():
    made = figure.net_score(
        DEFINITIONS["nps"], ClusterSums.of([(1, 1), (-1, 1), (-1, 1), (0, 1)]), promoters=1, detractors=2
    )
    assert (made.value, made.numerator, made.denominator) == (-25, -1, 4)
    assert -100 <= made.low < -25 < made.high <= 100


def test_a_net_score_whose_counts_contradict_its_sums_is_refused():
    with pytest.raises(ValueError, match="total of the sums"):
        figure.net_score(DEFINITIONS["nps"], ClusterSums.of([(1, 1)]), promoters=0, detractors=0)


def test_a_median_of_few_values_has_no_upper_bound():
    made = figure.median(DEFINITIONS["note_hours"], [2.0, 5.0, 30.0], patients=3)
    assert (made.value, made.numerator, made.n, made.low, made.high) == (5, 3, 3, 0, inf)


def test_a_count_rests_on_the_people_behind_it():
    made = figure.count(DEFINITIONS["visits"], 200, patients=50, squared=800)
    assert (made.value, made.numerator, made.denominator, made.n) == (200, 200, 50, 200)
    assert made.interval.width > figure.count(DEFINITIONS["active_patients"], 200, patients=200).interval.width


@pytest.mark.parametrize(("patients", "uncertain"), [(1, True), (29, True), (30, False), (500, False)])
def test_below_thirty_a_figure_is_uncertain(patients, uncertain):
    made = figure.patient_share(DEFINITIONS["return_rate_180"], successes=1, patients=patients)
    assert made.is_uncertain is uncertain


def test_a_figure_is_made_the_way_its_definition_says():
    with pytest.raises(ValueError, match="note_coverage is a proportion_visit_clustered"):
        figure.patient_share(DEFINITIONS["note_coverage"], successes=1, patients=2)
