"""What one practice can learn from the others."""

import numpy as np
import pytest

from loyalty import drift
from tests.drift import story

MEAN = np.log([2.0, 200.0, 1.0, 2.5])
SD = np.array([0.4, 0.3, 0.5, 0.3])


def made(practices: int, seed: int) -> list[drift.Contribution]:
    """Estimates of practices around MEAN, each with an error of its own size."""
    dice = np.random.default_rng(seed)
    contributions = []
    for _ in range(practices):
        error = np.diag(dice.uniform(0.05, 0.4, 4) ** 2)
        truth = dice.normal(MEAN, SD)
        contributions.append(drift.Contribution(dice.multivariate_normal(truth, error), error))
    return contributions


def test_it_finds_how_practices_differ_beside_the_error_of_their_estimates():
    found = drift.network_prior(made(400, seed=1))
    assert found.mean == pytest.approx(MEAN, abs=0.1)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(SD, abs=0.07)


def test_few_practices_make_a_wider_prior_than_many_that_say_the_same():
    ten = made(10, seed=1)
    assert np.trace(drift.network_prior(ten).covariance) > 1.1 * np.trace(drift.network_prior(6 * ten).covariance)


def test_practices_that_are_alike_make_a_narrow_prior():
    dice = np.random.default_rng(2)
    error = 0.04 * np.eye(4)
    found = drift.network_prior([drift.Contribution(dice.multivariate_normal(MEAN, error), error) for _ in range(40)])
    assert np.sqrt(np.diag(found.covariance)).max() < 0.15


def test_nine_practices_are_too_few():
    with pytest.raises(ValueError, match="10 practices"):
        drift.network_prior(made(9, seed=1))


def test_a_practice_contributes_with_100_repeat_patients_of_its_own():
    parameters = drift.Parameters(r=2, alpha=110, a=1, b=2, k=2)
    large = drift.fit(story.practice(parameters, patients=600, seed=3), k=2)
    small = drift.fit(story.practice(parameters, patients=60, seed=3), k=2)
    contribution = drift.Contribution.of(large)
    # k alpha, so that practices of different regularity can be put side by side.
    assert contribution.estimates[1] == pytest.approx(np.log(2 * large.parameters.alpha))
    with pytest.raises(ValueError, match="100 patients"):
        drift.Contribution.of(small)
