"""What a practice tells the network of a hold-out that ran to its end: effect and standard error, nothing else."""

from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.sharing import may_share
from loyalty.holdouts.counted import Seen
from loyalty.holdouts.models import LiftContribution
from loyalty.models import Holdout


def contribute(practice: PracticeRef, holdout: Holdout, found: Seen) -> bool:
    """Whether it was told: with eleven patients in each arm, by a practice that agreed to the clause."""
    if not found.can_tell or not may_share(practice):
        return False
    difference = found.difference()
    LiftContribution.objects.get_or_create(
        practice_id=practice.id,
        kind=holdout.kind,
        ended_on=holdout.ends_on,
        defaults={"effect": float(difference.effect), "standard_error": float(difference.pooling_error)},
    )
    return True
