"""Take an invitation back: its link is dead, and the address can be invited again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.tenancy.scope import control_plane
from tenants.actions.resend_invitation import open_invitation
from tenants.models import Invitation
from tenants.people_authority import Place, check_may_give
from tenants.principal import Principal
from tenants.trail import record_at


def cancel_invitation(*, invitation_id: UUID, practice: Place, by: Principal | None, now: datetime) -> Invitation:
    """Raises NotFound where the place has no such invitation, Conflict where it ended, DomainError role_above."""
    with control_plane(), transaction.atomic():
        invitation = open_invitation(invitation_id, practice=practice)
        check_may_give(by=by, role=invitation.role, practice=invitation.practice)
        invitation.cancelled_at = now
        invitation.save(update_fields=["cancelled_at", "updated_at"])
        record_at(invitation.practice, "invitation.cancelled", subject=invitation, detail={"role": invitation.role})
        return invitation
