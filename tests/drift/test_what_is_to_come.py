"""P(alive), expected visits and the next return, against dice and against each other."""

import numpy as np
import pytest
from scipy.special import hyp2f1

from loyalty import drift
from tests.drift import story

HISTORIES = [(0, 0, 20), (1, 10, 14), (3, 30, 60)]
SOMEBODY_NEW = drift.Table.of(x=0, t_x=0, T=0)


def of(k: int, *, a: float = 0.79, leaves_at_first: bool = True) -> drift.Parameters:
    return drift.Parameters(r=0.85, alpha=4.45 / k, a=a, b=2.42, k=k, leaves_at_first=leaves_at_first)


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("k", [1, 2, 3])
def test_they_are_what_comes_of_the_models_own_story(k, history):
    x, t_x, until = history
    table = drift.Table.of(x=x, t_x=t_x, T=until)
    seen = story.continued(of(k), x=x, t_x=t_x, T=until, t=32, seed=10 * k + x, patients=200_000)
    share_error = 0.5 / np.sqrt(30_000)
    assert drift.alive(of(k), table)[0] == pytest.approx(seen.alive, abs=4 * share_error)
    assert drift.return_chance(of(k), table, 32)[0] == pytest.approx(seen.returned, abs=4 * share_error)
    assert drift.expected_visits(of(k), table, 32)[0] == pytest.approx(seen.visits, abs=4 * seen.visits_error)


def test_bg_nbd_is_what_comes_of_its_own_story_too():
    seen = story.continued(of(1, leaves_at_first=False), x=2, t_x=9, T=20, t=32, seed=3, patients=200_000)
    table = drift.Table.of(x=2, t_x=9, T=20)
    parameters = of(1, leaves_at_first=False)
    assert drift.alive(parameters, table)[0] == pytest.approx(seen.alive, abs=0.01)
    assert drift.expected_visits(parameters, table, 32)[0] == pytest.approx(seen.visits, abs=4 * seen.visits_error)


def test_half_of_those_who_stay_come_within_the_median_gap():
    seen = story.continued(of(3), x=4, t_x=40, T=40, t=1, seed=8, patients=200_000)
    for level in (0.1, 0.5, 0.9):
        gap = drift.gap_quantile(of(3), drift.Table.of(x=4, t_x=40, T=55), level)[0]
        assert (seen.first_gap <= gap).mean() == pytest.approx(level, abs=0.005)


def test_for_k_1_expected_visits_are_those_of_the_published_formula():
    """Fader, Hardie and Lee 2005, equation 10, which needs the hypergeometric function, and a not near 1."""
    dice = np.random.default_rng(0)
    x = dice.poisson(3, 400).astype(float)
    until = dice.uniform(5, 100, 400)
    t_x = np.where(x > 0, until * dice.random(400), 0)
    for leaves_at_first in (True, False):
        parameters = of(1, leaves_at_first=leaves_at_first)
        r, alpha, a, b = np.exp(parameters.logs)
        n, survived, t = r + x, b + x + leaves_at_first, 52.0
        end = alpha + until
        tail = (end / (end + t)) ** n * hyp2f1(n, survived, a + survived - 1, t / (end + t))
        published = (a + survived - 1) / (a - 1) * (1 - tail)
        ours = drift.expected_visits_if_active(parameters, drift.Table.of(x=x, t_x=t_x, T=until), t)
        assert ours == pytest.approx(published, rel=1e-7)


def test_for_k_above_1_the_published_approximation_is_far_off_and_ours_is_not():
    """Reutterer, Platzer and Schroeder 2021 read the formula of k = 1 at k alpha: after one recent visit it misses."""
    parameters = of(3)
    table = drift.Table.of(x=1, t_x=6, T=6.5)
    seen = story.continued(parameters, x=1, t_x=6, T=6.5, t=4, seed=2, patients=400_000)
    exact = drift.expected_visits(parameters, table, 4)[0]
    poisson = drift.Parameters(r=parameters.r, alpha=3 * parameters.alpha, a=parameters.a, b=parameters.b)
    approximation = drift.alive(parameters, table)[0] * drift.expected_visits_if_active(poisson, table, 4)[0]
    assert exact == pytest.approx(seen.visits, abs=4 * seen.visits_error)
    assert abs(approximation / seen.visits - 1) > 0.2


@pytest.mark.parametrize("k", [1, 3])
def test_nothing_happens_at_a_1(k):
    table = drift.Table.of(x=2, t_x=20, T=30)
    below, at, above = (drift.expected_visits(of(k, a=a), table, 52)[0] for a in (1 - 1e-7, 1, 1 + 1e-7))
    assert above < at < below
    assert (below + above) / 2 == pytest.approx(at, rel=1e-9)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_one_patient_alone_gets_the_figure_of_the_batch(k):
    parameters = drift.Parameters(r=2, alpha=220 / k, a=1, b=2, k=k)
    table = story.practice(parameters, patients=9000, seed=k)
    several = [
        drift.alive(parameters, table),
        drift.expected_visits(parameters, table, 365),
        drift.return_chance(parameters, table, 365),
        drift.gap_quantile(parameters, table),
    ]
    for row in range(0, 9000, 450):
        one = drift.Table.of(x=table.x[row], t_x=table.t_x[row], T=table.T[row])
        alone = [
            drift.alive(parameters, one)[0],
            drift.expected_visits(parameters, one, 365)[0],
            drift.return_chance(parameters, one, 365)[0],
            drift.gap_quantile(parameters, one)[0],
        ]
        assert alone == pytest.approx([column[row] for column in several], rel=1e-9)


@pytest.mark.parametrize("k", [1, 3, 12])
@pytest.mark.parametrize(
    "row",
    [
        {"x": 200, "t_x": 900, "T": 905},
        {"x": 200, "t_x": 10, "T": 40_000},
        {"x": 2000, "t_x": 3000, "T": 3001},
        {"x": 1, "t_x": 1e-6, "T": 1e-6},
        {"x": 0, "t_x": 0, "T": 1e6},
        {"x": 0, "t_x": 0, "T": 0},
    ],
    ids=str,
)
def test_extremes_stay_numbers(k, row):
    equal_gaps = row["x"] * np.log(row["t_x"] / row["x"]) if row["x"] else 0
    table = drift.Table.of(**row, log_gaps=equal_gaps)
    for a in (1e-4, 1.0, 1e4):
        parameters = drift.Parameters(r=1.9, alpha=208 / k, a=a, b=2.3, k=k)
        alive = drift.alive(parameters, table)[0]
        visits = drift.expected_visits(parameters, table, 365)[0]
        chance = drift.return_chance(parameters, table, 365)[0]
        assert 0 <= chance <= alive <= 1
        assert chance <= visits * (1 + 1e-9) + 1e-300
        assert np.isfinite(visits)
        assert 0 < drift.gap_quantile(parameters, table)[0] < np.inf
        assert np.isfinite(drift.log_likelihood(parameters, table))


def test_who_came_once_is_never_taken_for_active():
    once = drift.Table.of(x=[0, 0, 0], t_x=[0, 0, 0], T=[0, 30, 400])
    chances = drift.alive(of(2), once)
    assert (chances < 1).all()
    assert (np.diff(chances) < 0).all()
    # BG/NBD says 1 whatever happens: why the practice's model is another.
    assert drift.alive(of(1, leaves_at_first=False), once).tolist() == [1, 1, 1]


def test_no_time_holds_no_visits_and_more_time_holds_more():
    table = drift.Table.of(x=[3, 3, 3], t_x=[30, 30, 30], T=[40, 40, 40])
    visits = drift.expected_visits(of(2), table, [0, 10, 20])
    assert visits[0] == 0
    assert visits[0] < visits[1] < visits[2]
    for wrong in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="look ahead"):
            drift.expected_visits(of(2), table, wrong)
    with pytest.raises(ValueError, match="between 0 and 1"):
        drift.gap_quantile(of(2), table, 1)


@pytest.mark.parametrize(
    ("t", "sentence"),
    [
        ("soon", "t must be a number"),
        ([30, 60], "one for each of the 3 rows"),
        (float("inf"), "must have an end"),
        (1e9, "too far ahead"),
    ],
)
def test_a_horizon_that_cannot_be_counted_is_refused_at_once(t, sentence):
    table = drift.Table.of(x=[2, 1, 0], t_x=[100, 50, 0], T=[120, 120, 120])
    with pytest.raises(ValueError, match=sentence):
        drift.expected_visits(drift.Parameters(r=0.243, alpha=4.414, a=0.793, b=2.426), table, t)
