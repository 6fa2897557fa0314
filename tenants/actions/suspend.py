"""The network suspends a practice: its people are told so when they sign in, and nothing else opens."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.models import Practice, StatusChange
from tenants.principal import Principal
from tenants.status import locked, write


def suspend(*, practice_id: UUID, reason: str, note: str, by: Principal, now: datetime) -> Practice:
    """Nothing is deleted; jobs and contributions stop. Raises NotFound, or Conflict where it is not active."""
    with transaction.atomic():
        practice = locked(practice_id, within={Practice.Status.ACTIVE})
        practice.status = Practice.Status.SUSPENDED
        write(practice, StatusChange.Change.SUSPENDED, reason=reason, note=note, by=by, now=now)
    return practice
