"""P(alive): how likely a patient is still one of the practice."""

import numpy as np

from loyalty.drift.columns import Floats
from loyalty.drift.parameters import Parameters
from loyalty.drift.phases import open_gap
from loyalty.drift.table import Table


def alive(parameters: Parameters, table: Table) -> Floats:
    """The probability, for each row, that the patient has not left for good by T; exact for every k.

    1 / (1 + a / (b + d - 1) ((alpha + T) / (alpha + t_x))^n / S), d the visits survived: the share of the first of the
    two stories in the likelihood (see `Likelihood`; Batislam, Denizel and Filiztekin 2007, Reutterer, Platzer and
    Schroeder 2021). In BG/NBD whoever came once gets exactly 1, which says nothing about them.
    """
    n = parameters.r + parameters.k * table.x
    silence = table.T - table.t_x
    end = parameters.alpha + table.T
    gap = open_gap(k=parameters.k, n=n, u=silence / end, alpha_and_T=end)
    may_have_left = table.x >= (0 if parameters.leaves_at_first else 1)
    chances = np.where(may_have_left, parameters.b + parameters.visits_survived(table.x) - 1, 1.0)
    # For long silences the ratio overflows to infinity; its log does not.
    log_ratio = np.log(parameters.a / chances) + n * np.log1p(silence / (parameters.alpha + table.t_x)) - gap.log
    small = np.exp(-np.abs(log_ratio))
    probability = np.where(log_ratio >= 0, small, 1.0) / (1 + small)
    return np.where(may_have_left, probability, 1.0)
