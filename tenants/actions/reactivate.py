"""The network opens a practice again that was suspended or had left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import Conflict
from tenants.models import Membership, Practice, Role, StatusChange
from tenants.principal import Principal
from tenants.status import locked, write


def reactivate(*, practice_id: UUID, reason: str, note: str, by: Principal, now: datetime) -> Practice:
    """Everything is as it was. Raises NotFound; Conflict where it is active, is erased, or nobody owns it any more."""
    with transaction.atomic():
        practice = locked(practice_id, within={Practice.Status.SUSPENDED, Practice.Status.LEFT})
        if practice.erased_at is not None:
            raise Conflict(
                "practice_erased", f"The records of {practice.name} are destroyed. Open a new practice for its owner."
            )
        owners = Membership.objects.filter(practice=practice, role=Role.OWNER, ended_at__isnull=True)
        if Membership.objects.filter(practice=practice).exists() and not owners.filter(person__is_active=True).exists():
            raise Conflict("no_owner", f"Nobody owns {practice.name} any more. Open a new practice for its new owner.")
        practice.status, practice.left_on, practice.leave_asked_at = Practice.Status.ACTIVE, None, None
        # Should it leave again, its owners are told again.
        practice.erasure_told_at = None
        write(practice, StatusChange.Change.REACTIVATED, reason=reason, note=note, by=by, now=now)
    return practice
