"""Who is invited to a place and has not answered yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.tenancy.scope import control_plane
from tenants.invitation_link import role_name
from tenants.models import Invitation


@dataclass(frozen=True, slots=True)
class Invited:
    """is_mailed: whether the mail went out. invited_by: a name, "" for an operator or somebody who was erased."""

    id: UUID
    name: str
    email: str
    role: str
    role_name: str
    expires_at: datetime
    is_expired: bool
    is_mailed: bool
    invited_by: str


def invited_to(practice_id: UUID | None, *, now: datetime, by: UUID | None = None) -> list[Invited]:
    """The open invitations of a practice (None: of the network), expired ones too, the newest first.

    by: only those that this person sent.
    """
    with control_plane():
        waiting = Invitation.objects.open().select_related("invited_by").order_by("-created_at")
        waiting = waiting.filter(practice_id=practice_id) if practice_id else waiting.filter(practice__isnull=True)
        if by is not None:
            waiting = waiting.filter(invited_by_id=by)
        return [
            Invited(
                id=one.id,
                name=one.name,
                email=one.email,
                role=one.role,
                role_name=role_name(one.role),
                expires_at=one.expires_at,
                is_expired=one.expires_at <= now,
                is_mailed=one.mailed_at is not None,
                invited_by=one.invited_by.name if one.invited_by else "",
            )
            for one in waiting
        ]
