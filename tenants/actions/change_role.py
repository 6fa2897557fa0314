"""Give somebody another role at their practice. What they may do changes with their next request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.audit.record import Detail
from core.errors import DomainError
from core.tenancy.scope import PracticeRef, control_plane
from tenants.actions.withdraw_invitations import withdraw_invitations
from tenants.models import Membership, Practice, Role
from tenants.people_authority import check_may_give, check_other_owner, locked_member, locked_practice
from tenants.permissions import stands_above
from tenants.principal import Principal
from tenants.staffing import Coming, comes
from tenants.trail import record_at


def change_role(
    *, practice: Practice | PracticeRef, person_id: UUID, role: str, by: Principal | None, now: datetime
) -> Membership:
    """The membership with its new role. Invitations that they may send no more are cancelled.

    Raises NotFound; DomainError: role_unknown, role_above, role_same, own_role; Conflict: last_owner.
    """
    with control_plane(), transaction.atomic():
        place = locked_practice(practice)
        member = locked_member(person_id, practice=place)
        before = member.role
        check_may_give(by=by, role=before, practice=place)
        if by is not None and by.person_id == person_id and stands_above(role, before):
            raise DomainError("own_role", "Nobody raises their own role. Ask an owner.", field="role")
        check_may_give(by=by, role=role, practice=place)
        if role == before:
            raise DomainError("role_same", "This is their role already.", field="role")
        if before == Role.OWNER:
            check_other_owner(person_id, practice=place)
        member.role = role
        member.save(update_fields=["role", "updated_at"])
        withdrawn = withdraw_invitations(sent_by=person_id, role=role, practice=place, now=now)
        detail: Detail = {"from": before, "to": role, "invitations_cancelled": withdrawn}
        record_at(place, "person.role_changed", subject=member.person, detail=detail)
        comes(Coming(practice=place.ref, person_id=person_id, name=member.person.name, role=role, now=now))
        return member
