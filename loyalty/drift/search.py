"""The search for the optimum of one k."""

from dataclasses import dataclass, field, replace

import numpy as np

from loyalty.drift.columns import Floats
from loyalty.drift.likelihood import Likelihood
from loyalty.drift.prior import Prior, prior_scale

# The search stays within this factor of where it begins. Where patients are all alike, or nobody leaves, there is no
# optimum, only ever more of it: what is left beyond is less than 1e-4 of log-likelihood for thousands of patients.
FURTHEST = np.log(1e9)
# A Newton step this small, in logs, is the optimum.
SETTLED = 1e-9
# A curvature below this says that the table does not tell one value of a parameter from another.
FLAT = 1e-6
# Gains of a step, as a share of the loss, at which a search ends.
ROUGHLY, EXACTLY = 1e-7, 1e-15
# Other places to begin at, away from the center: patients more and more alike, hardly anybody or nearly all leaving,
# and both.
ELSEWHERE = np.array([[3, 3, 0, 0], [8, 8, 0, 0], [12, 12, -4, 0], [0, 0, -6, 3], [0, 0, 6, 3], [8, 8, -6, 6]])
# Of log-likelihood; less than this of it is not looked for.
GAIN = 1e-6
LONGEST_STEP, MOST_STEPS = 2.0, 1000


@dataclass(frozen=True, slots=True)
class Objective:
    """What is made small: minus the log-likelihood, minus the log density of the prior."""

    likelihood: Likelihood
    prior: Prior | None

    def loss(self, logs: Floats) -> tuple[float, Floats]:
        value = self.likelihood.at(logs)
        if self.prior is None:
            return -value.log_likelihood, -value.gradient
        density, slope = self.prior.log_density(logs, k=self.likelihood.k)
        return -value.log_likelihood - density, -value.gradient - slope

    def curvature(self, logs: Floats) -> Floats:
        """The second derivatives, 4 x 4: central differences of the analytic gradient."""
        step = 1e-4
        matrix = np.array(
            [(self.loss(logs + step * unit)[1] - self.loss(logs - step * unit)[1]) / (2 * step) for unit in np.eye(4)]
        )
        symmetric: Floats = (matrix + matrix.T) / 2
        return symmetric

    @property
    def center(self) -> Floats:
        """Where the search begins: at the prior's mean, or at the table's mean gap and the literature's usual rest."""
        k, table = self.likelihood.k, self.likelihood.table
        if self.prior is not None:
            return prior_scale(self.prior.mean, k=1 / k)
        usual: Floats = np.log(np.array([1.0, table.t_x.sum() / table.x.sum() / k, 1.0, 3.0]))
        return usual


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search is: logs of r, alpha, a, b, and the loss there. At the optimum with the covariance of the logs."""

    objective: Objective
    logs: Floats
    loss: float
    covariance: Floats | None = field(default=None)


def search(objective: Objective, *, near: Place | None = None) -> Place:
    """Close to the optimum, to a few hundredths of log-likelihood: enough to tell which k cannot be the best.

    near: the place of another k to begin at, with phases as much shorter as there are more of them.
    """
    if near is None:
        return _descend(objective, objective.center, ROUGHLY)
    shorter = near.objective.likelihood.k / objective.likelihood.k
    return _descend(objective, prior_scale(near.logs, k=shorter), ROUGHLY)


def settle(place: Place) -> Place:
    """The optimum itself, by Newton's steps from where the search stopped, with its covariance.

    Where a step leads nowhere (the loss can be flat, or have its optimum at an edge, in a small or very regular table
    without a prior) other beginnings are tried and the search goes on from the best to its own end; there is no
    covariance if it is flat there.
    """
    place = _newton(place)
    if place.covariance is None:
        objective = place.objective
        others = [_descend(objective, objective.center + away, ROUGHLY) for away in ELSEWHERE]
        best, after = min([place, *others], key=lambda one: one.loss), None
        # Where it is flat the search has learned a curvature that leads nowhere: begun anew, it often goes on.
        while after is None or after.loss < best.loss - GAIN:
            best = after or best
            after = _descend(objective, best.logs, EXACTLY)
        place = _newton(after)
    return place


def _newton(place: Place) -> Place:
    logs, loss = place.logs, place.loss
    slope = place.objective.loss(logs)[1]
    curvature = place.objective.curvature(logs)
    for _ in range(10):
        if np.linalg.eigvalsh(curvature)[0] <= FLAT:
            break
        step = np.linalg.solve(curvature, slope)
        largest = float(np.abs(step).max())
        if largest > 1:
            break
        after, after_slope = place.objective.loss(logs - step)
        if after > loss + 1e-12 * abs(loss):
            break
        logs, loss, slope = logs - step, after, after_slope
        if largest < SETTLED:
            return replace(place, logs=logs, loss=loss, covariance=np.linalg.inv(curvature))
        if largest > 1e-2:
            curvature = place.objective.curvature(logs)
    return replace(place, logs=logs, loss=loss)


def _descend(objective: Objective, start: Floats, tolerance: float) -> Place:
    """BFGS with backtracking (Nocedal and Wright 2006, Numerical Optimization, 6.1), within FURTHEST of the center.

    Four parameters need no library: those for thousands start threads, which cost more than the whole search.
    """
    least, most = objective.center - FURTHEST, objective.center + FURTHEST
    logs: Floats = np.clip(start, least, most)
    loss, slope = objective.loss(logs)
    inverse: Floats = np.eye(4) / max(float(np.abs(slope).max()), 1.0)
    for _ in range(MOST_STEPS):
        step: Floats = -inverse @ slope
        if step @ slope >= 0:
            step = -slope
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-300))
        while True:
            there = np.clip(logs + step, least, most)
            after, after_slope = objective.loss(there)
            if after <= loss + 1e-4 * float(slope @ (there - logs)):
                break
            step /= 2
            if np.abs(step).max() < SETTLED:
                return Place(objective, logs, loss)
        moved, bent, gained = there - logs, after_slope - slope, loss - after
        logs, loss, slope = there, after, after_slope
        if gained <= tolerance * abs(loss):
            break
        along = float(moved @ bent)
        if along > 0:
            turn = np.eye(4) - np.outer(moved, bent) / along
            inverse = turn @ inverse @ turn.T + np.outer(moved, moved) / along
    return Place(objective, logs, loss)
