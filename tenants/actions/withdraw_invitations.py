"""What somebody offered and may offer no more is taken back: part of leaving, and of getting a lesser role."""

from datetime import datetime
from uuid import UUID

from tenants.models import Invitation, Practice
from tenants.permissions import may_give


def withdraw_invitations(*, sent_by: UUID, role: str, practice: Practice | None, now: datetime) -> int:
    """Cancel the open invitations of `sent_by` to roles that their `role` ("" for none) cannot give. Returns how many.

    Inside the caller's transaction.
    """
    sent = Invitation.objects.open().select_for_update(no_key=True).filter(practice=practice, invited_by_id=sent_by)
    dead = [invitation.id for invitation in sent if not may_give(role, invitation.role)]
    return Invitation.objects.filter(id__in=dead).update(cancelled_at=now)
