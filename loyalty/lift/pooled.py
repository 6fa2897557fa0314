"""The lift over many practices, of their effects and standard errors alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from loyalty.lift.difference import Floats
from loyalty.metrics.intervals.interval import student_t

# Newton's steps toward the variance between practices; from 0 on they only go up, and a dozen are enough.
MOST_STEPS = 50
EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Pooled:
    """effect: mean lift of the practices. low, high: its 95 % limits. standard_error: what they are made of.
    least_error: the standard error that their own and `between` imply, without the scatter. between: standard deviation
    of lifts between practices, 0 where their differences are no more than chance. practices: how many there were.
    largest_weight: the share of the pooled figure that hangs on one practice. nan with fewer than two practices.
    """

    effect: Floats
    standard_error: Floats
    least_error: Floats
    low: Floats
    high: Floats
    between: Floats
    practices: Any
    largest_weight: Floats


def pool(effects: Any, standard_errors: Any) -> Pooled:
    """Random effects over the last axis, one practice an entry; nan where a practice has none.

    Between-practice variance by Paule and Mandel (1982, Journal of Research of the NBS 87(5); recommended by Veroniki
    et al. 2016, Research Synthesis Methods 7(1)). The interval is Hartung and Knapp's (2001, Statistics in Medicine
    20(24); Sidik and Jonkman 2002, 21(21)): Student's t on practices - 1 degrees of freedom, times the weighted
    scatter of the effects. It is not widened where that scatter is below chance ("ad hoc": Knapp and Hartung 2003,
    22(17)), see infra/decisions/0028: widened, five practices that are alike would get 99 % for 95.
    """
    effects, errors = np.asarray(effects, dtype=np.float64), np.asarray(standard_errors, dtype=np.float64)
    known = np.isfinite(effects) & np.isfinite(errors)
    # Whoever is missing weighs nothing.
    y, squared = np.where(known, effects, 0.0), np.where(known, errors**2, np.inf)
    count = known.sum(axis=-1)
    enough = count >= 2
    freedom = np.maximum(count - 1, 1)
    between = _paule_mandel(y, squared, freedom)
    weights = 1 / (squared + between[..., None])
    total = np.where(enough, weights.sum(axis=-1), np.nan)
    effect = (weights * y).sum(axis=-1) / total
    scatter = (weights * (y - effect[..., None]) ** 2).sum(axis=-1) / freedom
    standard_error = np.sqrt(scatter / total)
    half = student_t_of(freedom) * standard_error
    return Pooled(
        effect=effect,
        standard_error=standard_error,
        least_error=np.sqrt(1 / total),
        low=effect - half,
        high=effect + half,
        between=np.where(enough, np.sqrt(between), np.nan),
        practices=count,
        largest_weight=weights.max(axis=-1) / total,
    )


def _paule_mandel(y: Floats, squared: Floats, freedom: Any) -> Floats:
    """The variance at which the weighted scatter is what chance makes of it, 0 where it is less already.

    Newton's method as in DerSimonian and Kacker (2007, Contemporary Clinical Trials 28(2)).
    """
    between = np.zeros(y.shape[:-1])
    for _ in range(MOST_STEPS):
        weights = 1 / (squared + between[..., None])
        total = weights.sum(axis=-1)
        mean = np.divide((weights * y).sum(axis=-1), total, out=np.zeros_like(total), where=total > 0)
        apart = (y - mean[..., None]) ** 2
        excess = (weights * apart).sum(axis=-1) - freedom
        slope = (weights**2 * apart).sum(axis=-1)
        step = np.divide(np.maximum(excess, 0.0), slope, out=np.zeros_like(slope), where=slope > 0)
        between = between + step
        if np.all(step <= EXACT):
            break
    return between


def student_t_of(freedom: Any) -> Floats:
    """The 97.5 % quantile for each number of degrees of freedom."""
    values, place = np.unique(freedom, return_inverse=True)
    return np.array([student_t(int(value)) for value in values])[place].reshape(np.shape(freedom))
