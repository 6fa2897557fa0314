"""How long a hold-out must run until it can tell."""

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist

from loyalty.lift.difference import FEWEST_IN_ARM

CONFIDENCE, POWER = 0.95, 0.8
DAYS_A_MONTH = 365.25 / 12
LONGEST_MONTHS = 60
_QUANTILES = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) + NormalDist().inv_cdf(POWER)


def smallest_effect(*, patients: float, return_rate: float, share_held: float) -> float:
    """The lift that so many patients show with a chance of 80 %, as a share; infinite where an arm has fewer than 11.

    The sum of the quantiles of 97.5 % and 80 %, times the standard error of a difference of two proportions near
    `return_rate` (Cohen 1988; two arms of unequal size).
    """
    held, contacted = patients * share_held, patients * (1 - share_held)
    if min(held, contacted) < FEWEST_IN_ARM:
        return float("inf")
    # Nobody comes back for sure: a rate of 0 or 1 in the past is no promise.
    rate = min(max(return_rate, 0.02), 0.98)
    return _QUANTILES * sqrt(rate * (1 - rate) * (1 / held + 1 / contacted))


def months_until_known(
    *, newcomers: Sequence[float], return_rate: float, share_held: float, outcome_days: int, effect: float
) -> int | None:
    """Months from the start until a lift of `effect` would show, with the time to come back; None after five years.

    newcomers: patients who join in the first month, the second, …: each once, so later months bring fewer. The last
    number goes on for the months after. Raises ValueError without one.
    """
    if not newcomers:
        raise ValueError("Say how many patients join in the first month.")
    patients = 0.0
    for month in range(LONGEST_MONTHS):
        patients += newcomers[min(month, len(newcomers) - 1)]
        if smallest_effect(patients=patients, return_rate=return_rate, share_held=share_held) <= effect:
            return ceil(month + 1 + outcome_days / DAYS_A_MONTH)
    return None
