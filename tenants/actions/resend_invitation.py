"""Send an invitation again: a new link for seven days; the old one is dead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import Conflict, NotFound
from core.tenancy.scope import control_plane
from tenants.invitation_link import mail_when_committed, new_token
from tenants.models import Invitation
from tenants.people_authority import Place, check_is_open, check_may_give
from tenants.principal import Principal
from tenants.trail import record_at


def resend_invitation(*, invitation_id: UUID, practice: Place, by: Principal | None, now: datetime) -> Invitation:
    """The invitation with its new link on the way; an expired one lives again.

    Raises NotFound where the place has no such invitation, Conflict where it was accepted or cancelled, DomainError
    role_above.
    """
    with control_plane(), transaction.atomic():
        invitation = open_invitation(invitation_id, practice=practice)
        check_may_give(by=by, role=invitation.role, practice=invitation.practice)
        check_is_open(invitation.practice)
        token = new_token(invitation, now=now)
        invitation.save(update_fields=["token_sha256", "expires_at", "mailed_at", "updated_at"])
        record_at(invitation.practice, "invitation.renewed", subject=invitation, detail={"role": invitation.role})
        mail_when_committed(invitation, token=token, inviter=by.person_name if by else "The network", now=now)
        return invitation


def open_invitation(invitation_id: UUID, *, practice: Place) -> Invitation:
    """An invitation of the place, locked, neither accepted nor cancelled. Raises NotFound, Conflict."""
    found = Invitation.objects.select_for_update(of=("self",), no_key=True).select_related("practice")
    here = found.filter(practice_id=practice.id) if practice else found.filter(practice__isnull=True)
    invitation = here.filter(id=invitation_id).first()
    if invitation is None:
        raise NotFound("invitation_not_found", "There is no such invitation.")
    if invitation.accepted_at:
        raise Conflict("invitation_used", f"{invitation.name} has accepted meanwhile.")
    if invitation.cancelled_at:
        raise Conflict("invitation_cancelled", "This invitation was cancelled. Invite again.")
    return invitation
