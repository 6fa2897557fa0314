"""The network's prior: how the parameters of its practices differ, learned without seeing a patient count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loyalty.drift.columns import Floats
from loyalty.drift.fit import Fit
from loyalty.drift.prior import Prior, prior_scale

LEAST_PRACTICES = 10
LEAST_REPEAT_PATIENTS = 100
ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class Contribution:
    """All that leaves a practice: its estimates of (log r, log k alpha, log a, log b), and their covariance (4 x 4)."""

    estimates: Floats
    covariance: Floats

    @classmethod
    def of(cls, fit: Fit) -> "Contribution":
        """The contribution of a practice's fit, which must be one without a prior: a prior must not feed itself.

        Raises ValueError with fewer than 100 repeat patients, and where they do not determine all four parameters.
        """
        if fit.repeat_patients < LEAST_REPEAT_PATIENTS:
            raise ValueError(f"A practice contributes with {LEAST_REPEAT_PATIENTS} patients who came back, or more.")
        if fit.covariance is None:
            raise ValueError("The visits of this practice do not determine all four parameters.")
        return cls(prior_scale(fit.parameters.logs, k=fit.parameters.k), fit.covariance)


def network_prior(contributions: Sequence[Contribution]) -> Prior:
    """A random-effects fit: the distribution of one more practice's parameters, given at least ten others.

    Estimate i is normal around its practice's own truth with its covariance V_i; the truths are normal around mu with
    covariance W. Restricted maximum likelihood by EM (Laird and Ware 1982, Biometrics 38(4)). The prior is the
    predictive one, N(mu, W + covariance of mu): it is wider where few practices taught it.

    Raises ValueError for fewer than 10 practices.
    """
    if len(contributions) < LEAST_PRACTICES:
        raise ValueError(f"The network's prior needs {LEAST_PRACTICES} practices or more.")
    estimates = np.array([one.estimates for one in contributions])
    within = np.array([one.covariance for one in contributions])
    between = np.cov(estimates.T) + 1e-6 * np.eye(4)
    for _ in range(ROUNDS):
        weights, of_mean, mean = _pooled(estimates, within, between)
        pulled = between @ weights
        effects = np.einsum("nij,nj->ni", pulled, estimates - mean)
        spread = between - pulled @ between + pulled @ of_mean @ pulled.transpose(0, 2, 1)
        before, between = between, (effects[:, :, None] * effects[:, None, :] + spread).mean(axis=0)
        if np.abs(between - before).max() < 1e-10:
            break
    _, of_mean, mean = _pooled(estimates, within, between)
    return Prior(mean, between + of_mean)


def _pooled(estimates: Floats, within: Floats, between: Floats) -> tuple[Floats, Floats, Floats]:
    """The weight of each practice, the covariance of their mean, and their mean."""
    weights = np.linalg.inv(within + between)
    of_mean = np.linalg.inv(weights.sum(axis=0))
    mean: Floats = of_mean @ np.einsum("nij,nj->i", weights, estimates)
    return weights, of_mean, mean
