"""A recovery gets another owner."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from loyalty.feedback.recovery_log import check_open, colleague, locked, log, open_calls, together
from loyalty.models import Recovery, StepKind


def hand_over(
    *, recovery_id: UUID, staff_id: UUID, was: UUID | None, by_staff_id: UUID | None, now: datetime
) -> Recovery:
    """`was`: whom the asker saw as its owner; somebody else may have taken it meanwhile.

    Raises NotFound, Conflict where it is closed or has another owner by now, DomainError for who may not own one.
    """
    with transaction.atomic():
        recovery = locked(recovery_id)
        check_open(recovery, now=now)
        heir = colleague(staff_id)
        if recovery.owner_id != was:
            owner = recovery.owner.display_name if recovery.owner else "nobody"
            raise Conflict("owner_changed", f"Meanwhile this recovery belongs to {owner}. Look again, then hand it on.")
        if recovery.owner_id == heir.id:
            raise Conflict("owner_same", f"{heir.display_name} owns this recovery already.")
        together(recovery).update(owner=heir, updated_at=now)
        recovery.owner = heir
        open_calls(recovery).update(assigned_to=heir)
        log(recovery, StepKind.OWNER, by_staff_id=by_staff_id, to=heir, now=now)
        changed("recovery.handed_over", recovery, patients=[recovery.patient_id], detail={"to": heir.id})
        return recovery
