"""Release the network's prior of how patients drift: as a benchmark, of at least ten practices, and never changed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction

from loyalty import drift
from loyalty.benchmarks.contributors import choose_contributors
from loyalty.benchmarks.disclosure import Practices, differ_by_few
from loyalty.benchmarks.models import DriftEstimate, DriftPrior, DriftPriorBasis
from loyalty.benchmarks.rules import FEWEST_CONTRIBUTORS, FEWEST_CORRECTED, shown_count
from loyalty.metrics.windows import Month
from tenants.models import Practice

# A hundredth in a log is one percent of the parameter: far less than practices differ by.
DIGITS = 2

Basis = Mapping[str, str]


def release_prior(*, month: Month, now: datetime) -> DriftPrior | None:
    """Release the prior of a month, once; None where the earlier one stands on.

    Runs in the control plane. The rules are those of a benchmark: at least ten practices with a signed clause; their
    set is fixed for a quarter, then at least five join or none, and at least five leave or none; and of the same set at
    least five have changed their estimates since.
    """
    with transaction.atomic():
        if DriftPrior.objects.filter(month__gte=month.first).exists():
            return None
        given = {
            row.practice_id: row
            for row in DriftEstimate.objects.filter(
                practice__status=Practice.Status.ACTIVE, practice__aggregation_agreed_at__isnull=False
            )
        }
        chosen = _chosen(frozenset(given), month)
        now_given = {str(id): given[id].computed_at.isoformat() for id in sorted(chosen)}
        if len(chosen) < FEWEST_CONTRIBUTORS or not _may_follow(now_given):
            return None
        learned = drift.network_prior([_contribution(given[id]) for id in sorted(chosen)])
        prior = DriftPrior.objects.create(
            month=month.first,
            mean=np.round(learned.mean, DIGITS).tolist(),
            covariance=_rounded_up(learned.covariance).ravel().tolist(),
            contributors_floor=shown_count(len(chosen)),
            released_at=now,
        )
        DriftPriorBasis.objects.create(prior=prior, contributors=now_given)
        return prior


def _chosen(eligible: Practices, month: Month) -> Practices:
    bases = DriftPriorBasis.objects.order_by("-prior__month").values_list("prior__month", "contributors")
    sets = [(Month.of(first).quarter, frozenset(map(UUID, contributors))) for first, contributors in bases]
    this_quarter = next((one for quarter, one in sets if quarter == month.quarter), None)
    earlier = [one for quarter, one in sets if quarter != month.quarter]
    return choose_contributors(reporting=eligible, eligible=eligible, this_quarter=this_quarter, earlier=earlier)


def _may_follow(given: Basis) -> bool:
    """Whether nobody can be worked out from what was released before."""
    bases = DriftPriorBasis.objects.order_by("-prior__month").values_list("contributors", flat=True)
    for before in bases:
        if differ_by_few(frozenset(map(UUID, given)), frozenset(map(UUID, before))):
            return False
        if given.keys() == before.keys() and sum(given[id] != before[id] for id in given) < FEWEST_CORRECTED:
            return False
    return True


def _contribution(row: DriftEstimate) -> drift.Contribution:
    return drift.Contribution(np.array(row.estimates), np.array(row.covariance).reshape(4, 4))


def _rounded_up(covariance: drift.Floats) -> drift.Floats:
    """Rounded, and a little wider, so that it stays a covariance."""
    rounded: drift.Floats = np.round(covariance, DIGITS)
    short = 10.0**-DIGITS - float(np.linalg.eigvalsh(rounded)[0])
    wider: drift.Floats = rounded + np.ceil(max(short, 0.0) * 10**DIGITS) / 10**DIGITS * np.eye(4)
    return wider
