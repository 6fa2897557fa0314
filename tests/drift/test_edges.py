"""Tables at the edge: few patients, many visits, no spread; the optimum is found, and every answer is a number."""

import numpy as np
import pytest
from scipy.optimize import minimize

from loyalty import drift
from loyalty.drift.likelihood import Likelihood, rising
from tests.drift.story import practice

STORY = practice(drift.Parameters(r=2, alpha=80, a=1, b=3, k=3), patients=400, seed=2)
NINETY = np.log(90)

TABLES = {
    "one patient": drift.Table.of(x=3, t_x=30, T=40, log_gaps=3 * np.log(10)),
    "like clockwork": drift.Table.of_visits(
        [[i % 5, 90 + i % 7, 180 + i % 3, 270 + i % 4] for i in range(60)], until=400
    ),
    "two hundred visits": drift.Table.of(
        x=[200, 150, 3, 0], t_x=[700, 600, 270, 0], T=[730] * 4, log_gaps=[200 * np.log(3.2), 150 * 1.3, 3 * NINETY, 0]
    ),
    "all seen today": drift.Table.of(
        x=[1, 2, 3], t_x=[90, 180, 270], T=[90, 180, 270], log_gaps=NINETY * np.arange(1, 4)
    ),
    "long ago": drift.Table.of(x=STORY.x, t_x=STORY.t_x, T=STORY.T + 1e6, log_gaps=STORY.log_gaps),
}


@pytest.mark.parametrize("k", [1, 2, 12])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_optimum_is_found_and_every_answer_is_a_number(table, k):
    found = drift.fit(table, k=k)
    assert found.log_likelihood > likeliest(table, k) - 1e-4
    alive = drift.alive(found.parameters, table)
    assert np.all((alive >= 0) & (alive <= 1))
    visits = drift.expected_visits(found.parameters, table, 365)
    assert np.all(np.isfinite(visits) & (visits >= 0))


def likeliest(table, k):
    """The best that another search finds, from several beginnings."""
    loss, dice = loss_of(Likelihood(table, k=k)), np.random.default_rng(1)
    start = np.log([1, table.t_x.sum() / table.x.sum() / k, 1, 3])
    edges = [(one - 13.8, one + 13.8) for one in start]
    begin = [start + dice.normal(0, spread, 4) for spread in (0, 1, 3)]
    return -min(minimize(loss, one, jac=True, method="L-BFGS-B", bounds=edges).fun for one in begin)


def loss_of(likelihood):
    def loss(logs):
        value = likelihood.at(logs)
        return -value.log_likelihood, -value.gradient

    return loss


def alike(*, patients, gap, leaving, seed):
    """Patients between whom there is no difference: the best r has no end."""
    dice, told = np.random.default_rng(seed), []
    for until in dice.uniform(30, 1000, patients):
        times = [0.0]
        while dice.random() >= leaving and times[-1] + (after := gap(dice)) <= until:
            times.append(times[-1] + after)
        told.append((len(times) - 1, times[-1], until, np.log(np.diff(times)).sum()))
    return drift.Table(*np.array(told).T)


@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize(
    ("gap", "leaving"),
    [(lambda dice: dice.exponential(60), 0.3), (lambda dice: dice.normal(90, 8), 0.3), (lambda _: 75.5, 0)],
    ids=["one rate", "like clockwork", "exactly, for ever"],
)
def test_where_all_are_alike_what_lies_further_out_is_no_likelier(k, gap, leaving):
    table = alike(patients=1000, gap=gap, leaving=leaving, seed=2)
    found = drift.fit(table, k=k)
    likelihood, dice = Likelihood(table, k=k), np.random.default_rng(3)
    assert max(found.parameters.r, found.parameters.a) > 1e6
    further = np.array([1.0, 1.0, 0, 0])
    for away in (0, 1, 3, 8):
        for start in (found.parameters.logs + away * further, found.parameters.logs + dice.normal(0, 1e-6, 4)):
            best = minimize(loss_of(likelihood), start, jac=True, method="BFGS")
            assert -best.fun < found.log_likelihood + 1e-4


@pytest.mark.parametrize("large", [1e5, 1e7, 1e12])
def test_gamma_functions_of_large_numbers_differ_by_what_their_product_says(large):
    ours, slope = rising(large, np.array([0.0, 1, 5, 40]))
    steps = [large + np.arange(m) for m in (0, 1, 5, 40)]
    assert ours == pytest.approx([np.log(one).sum() for one in steps], rel=1e-13)
    assert slope == pytest.approx([(1 / one).sum() for one in steps], rel=1e-12)


def test_days_and_weeks_say_the_same_for_every_k():
    weeks = drift.Table.of(x=STORY.x, t_x=STORY.t_x / 7, T=STORY.T / 7, log_gaps=STORY.log_gaps - STORY.x * np.log(7))
    in_days, in_weeks = drift.fit(STORY), drift.fit(weeks)
    assert in_days.parameters.k == in_weeks.parameters.k == 3
    assert in_days.parameters.alpha == pytest.approx(7 * in_weeks.parameters.alpha, rel=1e-6)
    # A density of times: each gap is seven times as many days as weeks.
    assert in_weeks.log_likelihood - in_days.log_likelihood == pytest.approx(STORY.x.sum() * np.log(7))


@pytest.mark.parametrize("k", [None, 1, 3])
def test_where_nobody_came_back_it_says_so(k):
    with pytest.raises(ValueError, match="at least one patient must have come back"):
        drift.fit(drift.Table.of(x=[0, 0], t_x=[0, 0], T=[30, 40], log_gaps=[0, 0]), k=k)
