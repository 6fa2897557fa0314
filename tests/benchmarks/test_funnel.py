"""Luck or skill: limits that hold most practices by chance, and tell a real difference."""

import random
from math import sqrt

import pytest

from loyalty.benchmarks.funnel import OUTER, between_practices, funnel, has_funnel
from loyalty.benchmarks.quantiles import Quantiles, smoothed
from loyalty.metrics import figure
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.intervals import ClusterSums

RETURN, NPS = DEFINITIONS["return_rate_180"], DEFINITIONS["nps"]
RELEASED = Quantiles(38, 47, 55, 62, 69)


def returned(successes, patients):
    return figure.patient_share(RETURN, successes=successes, patients=patients)


def test_the_limits_add_the_variance_between_practices_to_that_of_sampling():
    drawn = funnel(RELEASED, returned(50, 100))
    between = 15 / 1.3489795
    reach = 1.959964 * sqrt(55 * 45 / 100 + between**2)
    assert drawn.limits(100).low == pytest.approx(55 - reach, abs=1e-3)
    assert drawn.limits(100).high == pytest.approx(55 + reach, abs=1e-3)


def test_limits_narrow_with_size_but_never_below_the_real_differences():
    drawn = funnel(RELEASED, returned(50, 100))
    widths = [drawn.limits(n).width for n in (30, 100, 1000, 1_000_000)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(2 * 1.96 * between_practices(RELEASED), rel=0.01)
    assert drawn.limits(100, OUTER).width > drawn.limits(100).width


def test_limits_stay_within_the_range_of_the_metric():
    drawn = funnel(Quantiles(80, 90, 96, 99, 100), returned(29, 30))
    assert drawn.limits(30).high == 100


def test_repeat_patients_widen_the_funnel():
    note = DEFINITIONS["note_coverage"]
    repeats = figure.visit_share(note, ClusterSums.of([(4, 4)] * 20 + [(0, 4)] * 20))
    once = figure.visit_share(note, ClusterSums.of([(1, 1)] * 80 + [(0, 1)] * 80))
    assert funnel(RELEASED, repeats).unit_variance > 3 * funnel(RELEASED, once).unit_variance


def test_a_net_score_varies_less_where_more_answers_are_passive():
    quantiles = Quantiles(44, 55, 63, 71, 79)

    def drawn(promoters, passives, detractors):
        sums = ClusterSums.of([(1, 1)] * promoters + [(0, 1)] * passives + [(-1, 1)] * detractors)
        return funnel(quantiles, figure.net_score(NPS, sums, promoters=promoters, detractors=detractors))

    decided, lukewarm = drawn(80, 0, 20), drawn(65, 30, 5)
    assert decided.unit_variance == pytest.approx(10_000 * (1 - 0.63**2))
    assert lukewarm.unit_variance == pytest.approx(10_000 * (0.70 - 0.63**2))
    # At the median of the network there cannot be fewer decided answers than the median itself.
    assert drawn(10, 90, 0).unit_variance == pytest.approx(10_000 * (0.63 - 0.63**2))


def test_medians_and_counts_have_no_funnel():
    visits = figure.count(DEFINITIONS["visits"], 100, patients=100)
    assert not has_funnel(visits.definition.kind)
    with pytest.raises(ValueError, match="has no funnel"):
        funnel(RELEASED, visits)


def test_limits_without_observations_are_refused():
    with pytest.raises(ValueError, match="at least one observation"):
        funnel(RELEASED, returned(50, 100)).limits(0)


def test_of_practices_that_differ_by_chance_and_a_little_skill_about_nineteen_in_twenty_are_inside():
    rng = random.Random(11)
    inside = everybody = 0
    for _ in range(60):
        practices = []
        for _ in range(60):
            patients = rng.choice((60, 150, 400))
            skill = min(max(rng.gauss(0.55, 0.07), 0), 1)
            practices.append((sum(rng.random() < skill for _ in range(patients)), patients))
        released = smoothed([100 * successes / patients for successes, patients in practices], RETURN)
        for successes, patients in practices:
            own = returned(successes, patients)
            inside += own.value in funnel(released, own).limits(patients)
            everybody += 1
    # A little above 95 %: the released quartiles hold some sampling noise too, so the limits are rather too wide.
    assert 0.945 <= inside / everybody <= 0.99
