"""Somebody leaves a practice: out everywhere at once, and nothing they had to do is forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.audit.record import Detail
from core.tenancy.scope import PracticeRef, control_plane
from tenants.actions.withdraw_invitations import withdraw_invitations
from tenants.models import Membership, Practice, Role
from tenants.people_authority import check_may_give, check_other_owner, locked_member, locked_practice
from tenants.principal import Principal
from tenants.sessions import end_sessions
from tenants.staffing import Leaving, leaves
from tenants.trail import record_at


def end_membership(
    *,
    practice: Practice | PracticeRef,
    person_id: UUID,
    work_to: UUID | None,
    by: Principal | None,
    now: datetime,
) -> Membership:
    """The membership, ended: sessions there die, invitations they sent are cancelled, their work passes to `work_to`.

    Undone by inviting them again. work_to: the staff who takes over; None leaves it to whoever is there.
    Raises NotFound; DomainError: role_above, colleague_unknown; Conflict: last_owner.
    """
    with control_plane(), transaction.atomic():
        place = locked_practice(practice)
        member = locked_member(person_id, practice=place)
        check_may_give(by=by, role=member.role, practice=place)
        if member.role == Role.OWNER:
            check_other_owner(person_id, practice=place)
        member.ended_at = now
        member.save(update_fields=["ended_at", "updated_at"])
        # An invitation is its sender's word: whoever stays can give their own.
        withdrawn = withdraw_invitations(sent_by=person_id, role="", practice=place, now=now)
        detail: Detail = {"role": member.role, "work_to": work_to, "invitations_cancelled": withdrawn}
        record_at(place, "person.left", subject=member.person, detail=detail)
        end_sessions(person_id=person_id, practice_id=place.id)
        leaves(Leaving(practice=place.ref, person_id=person_id, work_to=work_to, now=now))
        return member
