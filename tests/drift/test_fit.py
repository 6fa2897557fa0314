"""Fitting a practice that was made with known parameters, and what is refused."""

import numpy as np
import pytest

from loyalty import drift
from loyalty.drift.likelihood import Likelihood
from tests.drift import story

TRUE = {k: drift.Parameters(r=2, alpha=220 / k, a=1, b=2, k=k) for k in (1, 2, 3, 4)}


@pytest.mark.parametrize("leaves_at_first", [True, False])
@pytest.mark.parametrize("k", [1, 2, 3, 7])
def test_the_gradient_is_that_of_the_log_likelihood(k, leaves_at_first):
    table = story.practice(TRUE[2], patients=300, seed=1)
    likelihood = Likelihood(table, k=k, leaves_at_first=leaves_at_first)
    for logs in np.random.default_rng(k).normal([0.5, 4.5, 0, 0.5], 0.7, size=(5, 4)):
        slopes = [
            (likelihood.at(logs + step).log_likelihood - likelihood.at(logs - step).log_likelihood) / 2e-5
            for step in 1e-5 * np.eye(4)
        ]
        assert likelihood.at(logs).gradient == pytest.approx(slopes, rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("k", TRUE)
def test_the_parameters_that_made_a_practice_are_found_and_so_is_k(k):
    found = drift.fit(story.practice(TRUE[k], patients=2400, seed=k))
    assert found.parameters.k == k
    away = (found.parameters.logs - TRUE[k].logs) / np.sqrt(np.diag(found.covariance))
    assert np.abs(away).max() < 3.5


def test_every_k_that_could_be_the_best_was_looked_at():
    for seed in range(3):
        table = story.practice(TRUE[3], patients=120, seed=seed)
        by_k = {k: drift.fit(table, k=k, prior=drift.WEAK_PRIOR).log_posterior for k in range(1, 13)}
        found = drift.fit(table, prior=drift.WEAK_PRIOR)
        assert found.parameters.k == max(by_k, key=by_k.get)
        assert found.log_posterior == pytest.approx(max(by_k.values()), abs=1e-6)


def test_few_patients_are_drawn_to_the_prior_and_many_speak_for_themselves():
    truth = drift.Parameters(r=4, alpha=200, a=0.6, b=3, k=2)
    few = drift.fit(story.practice(truth, patients=15, seed=4), prior=drift.WEAK_PRIOR)
    many = drift.fit(story.practice(truth, patients=3000, seed=4), prior=drift.WEAK_PRIOR)
    assert np.abs(many.parameters.logs - truth.logs).max() < 0.35
    scale = np.array([0, np.log(few.parameters.k), 0, 0])
    assert np.abs(few.parameters.logs + scale - drift.WEAK_PRIOR.mean).max() < 0.8
    assert np.sqrt(np.diag(few.covariance)).max() < 0.5 < 4 * np.sqrt(np.diag(many.covariance)).max() < 1.2


def test_with_a_prior_nobody_need_have_come_back():
    alone = drift.fit(drift.Table.of(x=0, t_x=0, T=100, log_gaps=0), prior=drift.WEAK_PRIOR)
    assert np.isfinite(alone.log_posterior)
    with pytest.raises(ValueError, match="at least one patient must have come back"):
        drift.fit(drift.Table.of(x=0, t_x=0, T=100, log_gaps=0))


def test_a_table_that_determines_nothing_says_so():
    # Everybody came back once after exactly 100 days: no bound to how alike they are.
    table = drift.Table.of(x=np.ones(20), t_x=np.full(20, 100.0), T=np.full(20, 150.0), log_gaps=np.full(20, 4.6))
    found = drift.fit(table, k=2)
    assert found.covariance is None
    assert np.isfinite(found.log_likelihood)


def test_k_is_not_chosen_without_the_gaps():
    table = drift.Table.of(x=[1, 0], t_x=[50, 0], T=[90, 90])
    with pytest.raises(ValueError, match="needs log_gaps"):
        drift.fit(table)
    with pytest.raises(ValueError, match="needs log_gaps"):
        drift.fit(table, k=2)
    assert drift.fit(table, k=1, prior=drift.WEAK_PRIOR).parameters.k == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"x": -1, "t_x": 0, "T": 9}, "counts the visits"),
        ({"x": 1.5, "t_x": 5, "T": 9}, "counts the visits"),
        ({"x": 1, "t_x": 10, "T": 9}, "between 0 and T"),
        ({"x": 0, "t_x": 4, "T": 9}, "0 where x is 0"),
        ({"x": 2, "t_x": 0, "T": 9}, "0 where x is 0"),
        ({"x": 1, "t_x": float("nan"), "T": 9}, "must be numbers"),
        ({"x": [1, 2], "t_x": [4], "T": [9, 9]}, "same length"),
    ],
)
def test_rows_that_cannot_be_are_refused(row, sentence):
    with pytest.raises(ValueError, match=sentence):
        drift.Table.of(**row)


@pytest.mark.parametrize("x", ["two", (n for n in (2, 0)), [2 + 1j, 0], np.ma.array([2, 0], mask=[True, False])])
def test_columns_that_are_no_numbers_are_refused_by_their_name(x):
    with pytest.raises(ValueError, match=r"^x (must be a number|has masked values)"):
        drift.Table.of(x=x, t_x=[30.0, 0], T=[40, 40])


@pytest.mark.parametrize("k", [0, -1, 1.5, "2", float("nan"), float("inf")])
def test_a_regularity_that_is_no_count_is_refused(k):
    table = drift.Table.of(x=[2, 0], t_x=[30.0, 0], T=[40, 40], log_gaps=[5, 0])
    with pytest.raises(ValueError, match="k must be 1, 2, 3 and so on"):
        drift.fit(table, k=k)


def test_any_kind_of_column_gives_the_same_fit():
    rows = {"x": [2, 1, 0], "t_x": [100, 50, 0], "T": [120, 120, 120]}
    expected = drift.fit(drift.Table.of(**rows), k=1).log_likelihood
    for kind in (np.int8, np.uint16, np.float32, object):
        columns = {name: np.array(column, dtype=kind) for name, column in rows.items()}
        assert drift.fit(drift.Table.of(**columns), k=np.int64(1)).log_likelihood == pytest.approx(expected, abs=1e-9)


def test_a_table_is_made_from_visit_days():
    table = drift.Table.of_visits([[10, 40, 100], [70]], until=110)
    assert (table.x.tolist(), table.t_x.tolist(), table.T.tolist()) == ([2, 0], [90, 0], [100, 40])
    assert table.log_gaps == pytest.approx([np.log(30) + np.log(60), 0])
    with pytest.raises(ValueError, match="visits of one day count once"):
        drift.Table.of_visits([[10, 10]], until=20)


@pytest.mark.parametrize("wrong", [{"r": 0}, {"alpha": -1}, {"a": float("inf")}, {"k": 0}])
def test_impossible_parameters_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        drift.Parameters(**{"r": 1, "alpha": 1, "a": 1, "b": 1, **wrong})
