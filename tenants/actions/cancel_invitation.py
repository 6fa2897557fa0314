"""Take an invitation back: its link is dead, and the address can be invited again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.tenancy.scope import control_plane
from tenants.actions.resend_invitation import open_invitation
from tenants.models import Invitation, Practice
from tenants.people_authority import check_may_give
from tenants.principal import Principal


def cancel_invitation(
    *, invitation_id: UUID, practice: Practice | None, by: Principal | None, now: datetime
) -> Invitation:
    """Raises NotFound where the place has no such invitation, Conflict where it ended, DomainError role_above."""
    with control_plane(), transaction.atomic():
        invitation = open_invitation(invitation_id, practice=practice)
        check_may_give(by=by, role=invitation.role, practice=practice)
        invitation.cancelled_at = now
        invitation.save(update_fields=["cancelled_at", "updated_at"])
        return invitation
