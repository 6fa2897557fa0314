"""A practice's status changes: written into its history, the network's trail and the practice's own."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, NotFound
from core.tenancy.scope import practice_scope
from tenants import hosts
from tenants.models import Practice, StatusChange
from tenants.principal import Principal

Change = StatusChange.Change
VERBS = {
    Change.SUSPENDED: "practice.suspended",
    Change.REACTIVATED: "practice.reactivated",
    Change.LEFT: "practice.left",
    Change.LEAVE_ASKED: "practice.leave_asked",
}


def locked(practice_id: UUID, *, within: Collection[str]) -> Practice:
    """The practice, locked until the transaction ends. Raises NotFound, or Conflict for a status not in `within`."""
    practice = Practice.objects.select_for_update().filter(id=practice_id).first()
    if practice is None:
        raise NotFound("practice_missing", "There is no such practice.")
    if practice.status not in within:
        raise Conflict(
            "status_changed",
            f"{practice.name} is {practice.get_status_display().lower()} already. Look at its page again.",
        )
    return practice


def write(practice: Practice, change: Change, *, reason: str, note: str, by: Principal, now: datetime) -> StatusChange:
    """Save the practice and write down what changed. Part of an action, as control plane, in its transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a status changes together with its history")
    practice.save()
    row = StatusChange.objects.create(
        practice_id=practice.id,
        change=change,
        reason=reason,
        note=note.strip(),
        person_id=by.person_id,
        person_name=by.person_name,
        at=now,
    )
    audit.record(VERBS[change], subject=practice, practice_id=practice.id, detail={"reason": reason})
    with practice_scope(practice.ref):
        audit.record(VERBS[change], subject=practice, detail={"reason": reason})
    hosts.forget(hosts.host_of(practice.slug))
    return row
