"""When the next visit is to be expected, and how likely it is to come at all."""

from typing import Any

import numpy as np
from scipy.special import betaincinv

from loyalty.drift.alive import alive
from loyalty.drift.columns import Floats
from loyalty.drift.parameters import Parameters
from loyalty.drift.phases import open_gap
from loyalty.drift.table import Table


def gap_quantile(parameters: Parameters, table: Table, level: float = 0.5) -> Floats:
    """How long after the last visit the next one comes with probability `level`, if the patient has not left.

    In the table's unit of time. The median gap (level .5) from the last visit on is the expected return date: unlike
    the mean it always exists. What has passed since the last visit is not looked at: it says what was usual, for a
    patient who came as often as this one. A gap is Gamma(k) over a Gamma(n) rate with n = r + k x, so that
    gap / (alpha + t_x) has the beta-prime distribution (k, n).

    Raises ValueError unless 0 < level < 1.
    """
    if not 0 < level < 1:
        raise ValueError("A level must lie between 0 and 1.")
    # The inverse is dear, and counts repeat.
    counts, row_count = np.unique(table.x, return_inverse=True)
    share = betaincinv(float(parameters.k), parameters.r + parameters.k * counts, level)
    quantile: Floats = (parameters.alpha + table.t_x) * (share / (1 - share))[row_count]
    return quantile


def return_chance(parameters: Parameters, table: Table, t: Any) -> Floats:
    """The probability that the patient comes within the time t after T (a number, or one for each row).

    P(alive) times the chance that the open gap closes within t. Raises ValueError for a negative or infinite t.
    """
    return alive(parameters, table) * return_chance_if_active(parameters, table, t)


def return_chance_if_active(parameters: Parameters, table: Table, t: Any) -> Floats:
    """The same, if the patient has not left by T: one minus the odds that the open gap is still open then."""
    horizon = table.ahead(t)
    if not np.isfinite(horizon).all():
        raise ValueError("t, the time to look ahead, must have an end.")
    k, n = parameters.k, parameters.r + parameters.k * table.x
    now, then = parameters.alpha + table.T, parameters.alpha + table.T + horizon
    silence = table.T - table.t_x
    open_now = open_gap(k=k, n=n, u=silence / now, alpha_and_T=now)
    open_then = open_gap(k=k, n=n, u=(silence + horizon) / then, alpha_and_T=then)
    chance: Floats = -np.expm1(np.minimum(-n * np.log1p(horizon / now) + open_then.log - open_now.log, 0.0))
    return chance
