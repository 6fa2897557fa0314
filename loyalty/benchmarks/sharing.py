"""Whether anything may leave a practice's schema."""

from core.tenancy.scope import PracticeRef
from tenants.models import Practice


def may_share(practice: PracticeRef) -> bool:
    """It is active and has agreed to the data-aggregation clause. Reads only what a practice's role may of itself."""
    return Practice.objects.filter(
        id=practice.id, status=Practice.Status.ACTIVE, aggregation_agreed_at__isnull=False
    ).exists()
