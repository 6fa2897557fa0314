"""The network opens a practice again that was suspended or had left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.models import Practice, StatusChange
from tenants.principal import Principal
from tenants.status import locked, write


def reactivate(*, practice_id: UUID, reason: str, note: str, by: Principal, now: datetime) -> Practice:
    """Everything is as it was. Raises NotFound, or Conflict where it is active."""
    with transaction.atomic():
        practice = locked(practice_id, within={Practice.Status.SUSPENDED, Practice.Status.LEFT})
        practice.status, practice.left_on, practice.leave_asked_at = Practice.Status.ACTIVE, None, None
        write(practice, StatusChange.Change.REACTIVATED, reason=reason, note=note, by=by, now=now)
    return practice
