"""What is known of a practice's parameters before its own patients are looked at."""

from dataclasses import dataclass

import numpy as np

from loyalty.drift.columns import Floats


@dataclass(frozen=True, slots=True)
class Prior:
    """A normal distribution of (log r, log k alpha, log a, log b); mean has 4 entries, covariance 4 x 4.

    k alpha rather than alpha: a typical gap is k alpha / r, so that one prior serves practices of every k. Times are
    in days.
    """

    mean: Floats
    covariance: Floats

    def __post_init__(self) -> None:
        if self.mean.shape != (4,) or self.covariance.shape != (4, 4):
            raise ValueError("A prior has 4 means and a covariance of 4 x 4.")
        if np.linalg.eigvalsh(self.covariance)[0] <= 0:
            raise ValueError("The covariance of a prior must be positive definite.")

    def log_density(self, logs: Floats, *, k: int) -> tuple[float, Floats]:
        """The log density, up to a constant, at the logs of r, alpha, a and b, and its gradient by them."""
        away = prior_scale(logs, k=k) - self.mean
        pull = np.linalg.solve(self.covariance, away)
        return -0.5 * float(away @ pull), -pull


def prior_scale(logs: Floats, *, k: float) -> Floats:
    """(log r, log alpha, log a, log b) as (log r, log k alpha, log a, log b)."""
    scaled: Floats = logs + np.array([0.0, np.log(k), 0.0, 0.0])
    return scaled


# Until the network has released its own: gaps of about 110 days that differ by a factor of two between patients, and a
# third who do not come back after a visit. A log-sd of .5 leaves every value between a third and three times
# these open, and 100 repeat patients outweigh it.
WEAK_PRIOR = Prior(mean=np.log(np.array([2.0, 220.0, 1.0, 2.0])), covariance=0.25 * np.eye(4))
