"""The likelihood, P(alive) and what is to come by integrating the story itself: no formula of ours is in these."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammaincc
from scipy.stats import beta, gamma

from loyalty import drift

# visits, all in one unit: the times after the first, and until when the patient was watched.
PATIENTS = {
    "came once": ([], 30.0),
    "came back today": ([12.0], 12.0),
    "one regular": ([9.0, 19.5, 28.0], 41.0),
    "long silent": ([2.0, 30.0], 400.0),
    "often": ([1.0, 1.5, 3.0, 7.0, 7.2, 9.0, 12.5], 14.0),
}


def told(parameters, after, until):
    """The two stories' densities: still active at the end, and gone after the last visit. By quadrature over the rate
    of a patient and over how easily they leave (Reutterer, Platzer and Schroeder 2021, section 3)."""
    k, gaps = parameters.k, np.diff([0.0, *after])
    silence = until - (after[-1] if after else 0.0)
    rates, leaving = gamma(parameters.r, scale=1 / parameters.alpha), beta(parameters.a, parameters.b)
    stayed = len(after) + (1 if parameters.leaves_at_first else 0)

    def over_rates(rest):
        def density(rate):
            return np.prod(gamma(k, scale=1 / rate).pdf(gaps)) * rest(rate) * rates.pdf(rate)

        likely = (parameters.r + k * len(after)) / (parameters.alpha + until)
        edges = (0, likely, 60 * likely, rates.isf(1e-12) + 60 * likely)
        return sum(quad(density, low, high, limit=200)[0] for low, high in pairwise(edges))

    active = over_rates(lambda rate: gammaincc(k, rate * silence)) * leaving.expect(lambda p: (1 - p) ** stayed)
    if not stayed:
        return active, 0.0
    return active, over_rates(lambda _: 1.0) * leaving.expect(lambda p: p * (1 - p) ** (stayed - 1))


@pytest.mark.parametrize("leaves_at_first", [True, False])
@pytest.mark.parametrize("k", [1, 2, 4])
@pytest.mark.parametrize("patient", PATIENTS)
def test_likelihood_and_chance_are_those_of_the_story(patient, k, leaves_at_first):
    after, until = PATIENTS[patient]
    parameters = drift.Parameters(r=1.7, alpha=9 / k, a=1.3, b=2.6, k=k, leaves_at_first=leaves_at_first)
    table = drift.Table.of_visits([[0.0, *after]], until=until)
    active, gone = told(parameters, after, until)
    assert drift.log_likelihood(parameters, table) == pytest.approx(np.log(active + gone), abs=1e-5)
    assert drift.alive(parameters, table)[0] == pytest.approx(active / (active + gone), abs=1e-6)


def test_patients_who_need_very_different_numbers_of_terms_end_together():
    """The rest of somebody's sum became too small for a number while another's was still going on: it never ended."""
    parameters = drift.Parameters(r=2, alpha=220, a=1, b=2)
    rows = {"x": [3, 200, 0], "t_x": [100, 700, 0], "T": [5000, 701, 1000]}
    together = drift.expected_visits(parameters, drift.Table.of(**rows), 10_000)
    for row in range(3):
        one = drift.Table.of(**{name: column[row] for name, column in rows.items()})
        assert together[row] == pytest.approx(drift.expected_visits(parameters, one, 10_000)[0], rel=1e-9)


@pytest.mark.parametrize("k", [1, 3, 12, 50])
@pytest.mark.parametrize("r", [2, 1e5])
def test_a_moment_ahead_holds_in_proportion(k, r):
    """However little of time: q is small as y is large, and only their product is a number."""
    parameters = drift.Parameters(r=r, alpha=110 * r / k, a=1, b=2, k=k)
    table = drift.Table.of(x=[0, 3, 200], t_x=[0, 100, 700], T=[100, 250, 701])
    hour, moment = (drift.expected_visits(parameters, table, t) for t in (1e-4, 1e-20))
    assert moment / 1e-20 == pytest.approx(hour / 1e-4, rel=1e-2)
    assert (hour > 0).all()


def test_a_hundred_phases_of_somebody_who_comes_daily_are_numbers():
    table = drift.Table.of(
        x=[1000, 4, 0], t_x=[1100, 400, 0], T=[1130, 800, 900], log_gaps=[1000 * np.log(1.1), 4 * np.log(100), 0]
    )
    parameters = drift.Parameters(r=2, alpha=2.2, a=1, b=2, k=100)
    assert np.isfinite(drift.log_likelihood(parameters, table))
    assert drift.fit(table, k=100).log_likelihood > drift.log_likelihood(parameters, table)
    with pytest.raises(ValueError, match="must have an end"):
        drift.return_chance(parameters, table, np.inf)
