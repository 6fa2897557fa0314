"""Fitting: the parameters that make a table likeliest, alone or with a prior."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loyalty.drift.columns import Floats
from loyalty.drift.likelihood import Likelihood
from loyalty.drift.parameters import Parameters, whole
from loyalty.drift.prior import Prior
from loyalty.drift.regularity import LARGEST_K, regularity_of_gaps
from loyalty.drift.search import Objective, Place, search, settle
from loyalty.drift.table import Table

# A rough search is right to a few hundredths; a k further behind than this cannot be the best.
CLEARLY_BEHIND = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What a fit found.

    log_likelihood: natural log, summed over patients, without the prior. log_posterior: with the prior's log density
    (up to its constant); the same as log_likelihood without one. covariance: of the logs of r, alpha, a and b (4 x 4),
    the inverse of the curvature at the optimum; None where the table does not determine all four. by_k: the
    log_posterior of every k that was tried, right to a few hundredths where it is clearly behind.
    """

    parameters: Parameters
    log_likelihood: float
    log_posterior: float
    covariance: Floats | None
    by_k: dict[int, float]
    patients: int
    repeat_patients: int


def fit(table: Table, *, k: int | None = None, leaves_at_first: bool = True, prior: Prior | None = None) -> Fit:
    """Fit a model to a table: MBG/CNBD-k by default; k=1 for MBG/NBD; k=1, leaves_at_first=False for BG/NBD.

    Without `k` the likeliest of 1 to 12 is taken: tried from a first guess on, up and down, until it gets worse. With
    a `prior` the optimum is that of likelihood times prior (MAP); the table must then be in days.

    Raises ValueError for a `k` that is not 1, 2, 3 and so on (100 at most), without `k` where the table has no
    log_gaps, and without a prior where nobody came back.
    """
    if k is not None:
        k = whole(k)
    if k is None and table.log_gaps is None:
        raise ValueError("To choose k the table needs log_gaps, the sum of the logs of each patient's gaps; or give k.")
    if prior is None and not table.repeat_patients:
        raise ValueError(
            "Without a prior at least one patient must have come back; with one (WEAK_PRIOR, in days) nobody need have."
        )

    def begin(regularity: int, near: Place | None) -> Place:
        objective = Objective(Likelihood(table, k=regularity, leaves_at_first=leaves_at_first), prior)
        return search(objective, near=near)

    if k is not None:
        place = settle(begin(k, None))
        return _found(place, {k: -place.loss})
    places = _climb(begin, regularity_of_gaps(table))
    behind = min(place.loss for place in places.values()) + CLEARLY_BEHIND
    places = {k: settle(place) if place.loss < behind else place for k, place in sorted(places.items())}
    best = min(places.values(), key=lambda place: place.loss)
    return _found(best, {k: -place.loss for k, place in places.items()})


def _climb(begin: Callable[[int, Place | None], Place], first: int) -> dict[int, Place]:
    """Search at `first` and on from it, up and down, each way until k is less likely than the best so far."""
    places = {first: begin(first, None)}
    for direction in (1, -1):
        k, near = first + direction, places[first]
        while 1 <= k <= LARGEST_K:
            places[k] = begin(k, near)
            if places[k].loss > near.loss:
                break
            k, near = k + direction, places[k]
    return places


def _found(place: Place, by_k: dict[int, float]) -> Fit:
    likelihood = place.objective.likelihood
    r, alpha, a, b = (float(value) for value in np.exp(place.logs))
    return Fit(
        parameters=Parameters(r=r, alpha=alpha, a=a, b=b, k=likelihood.k, leaves_at_first=likelihood.leaves_at_first),
        log_likelihood=likelihood.at(place.logs).log_likelihood,
        log_posterior=-place.loss,
        covariance=place.covariance,
        by_k=by_k,
        patients=len(likelihood.table),
        repeat_patients=likelihood.table.repeat_patients,
    )
