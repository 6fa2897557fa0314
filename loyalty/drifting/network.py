"""What a practice's fit gives to the network, and what it leans on."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from core.tenancy.scope import PracticeRef
from loyalty import drift
from loyalty.benchmarks.models import DriftEstimate, DriftPrior
from loyalty.benchmarks.sharing import may_share


@dataclass(frozen=True, slots=True)
class Leaning:
    """month: of the network's prior; None where the stated weak default is used."""

    prior: drift.Prior
    month: date | None


def prior_in_force(*, on: datetime | None = None) -> Leaning:
    """The network's latest prior, of those released by `on`; the weak default where the practice sees none.

    Row-level security shows it to practices that contribute. One query.
    """
    released = DriftPrior.objects.order_by("-month")
    if on is not None:
        released = released.filter(released_at__lte=on)
    found = released.first()
    if found is None:
        return Leaning(drift.WEAK_PRIOR, None)
    return Leaning(drift.Prior(np.array(found.mean), np.array(found.covariance).reshape(4, 4)), found.month)


def estimates_of(table: drift.Table) -> drift.Contribution | None:
    """What a practice has for the network: of a fit without a prior, for a prior must not feed itself.

    None with fewer than 100 patients who came back, or where these do not determine all four parameters. It takes as
    long as the practice's own fit and needs no database: find it before a transaction begins.
    """
    if table.repeat_patients < drift.LEAST_REPEAT_PATIENTS:
        return None
    found = drift.fit(table)
    return None if found.covariance is None else drift.Contribution.of(found)


def give_estimates(*, practice: PracticeRef, made: drift.Contribution | None, now: datetime) -> bool:
    """Put the practice's estimates where the network learns from, in the practice's scope; returns whether it has any.

    Without a signed data-aggregation clause, or where there are none, what was given before is taken back.
    """
    given = DriftEstimate.objects.filter(practice_id=practice.id)
    if made is None or not may_share(practice):
        given.delete()
        return False
    DriftEstimate.objects.update_or_create(
        practice_id=practice.id,
        defaults={
            "estimates": made.estimates.tolist(),
            "covariance": made.covariance.ravel().tolist(),
            "computed_at": now,
        },
    )
    return True
