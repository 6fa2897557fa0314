"""A practice leaves the network. Its records stay until they are exported and erased; past releases stand."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from tenants.actions.grant_partner import end_grants_of
from tenants.models import Practice, StatusChange
from tenants.principal import Principal
from tenants.status import locked, write


def leave(*, practice_id: UUID, reason: str, note: str, by: Principal, now: datetime) -> Practice:
    """The database removes its contributions with it. Raises NotFound, or Conflict where it has left already."""
    with transaction.atomic():
        practice = locked(practice_id, within={Practice.Status.ACTIVE, Practice.Status.SUSPENDED})
        practice.status, practice.leave_asked_at = Practice.Status.LEFT, None
        practice.left_on = now.astimezone(ZoneInfo(practice.time_zone)).date()
        end_grants_of(practice, now=now)
        write(practice, StatusChange.Change.LEFT, reason=reason, note=note, by=by, now=now)
    return practice
