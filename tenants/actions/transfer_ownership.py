"""Hand a practice over: somebody else becomes its owner, and the one who hands it over takes another role."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.audit.record import Detail
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import PracticeRef, control_plane
from tenants.actions.withdraw_invitations import withdraw_invitations
from tenants.models import Membership, Practice, Role
from tenants.people_authority import locked_member, locked_practice
from tenants.principal import Principal
from tenants.staffing import Coming, comes
from tenants.trail import record_at


def transfer_ownership(
    *, practice: Practice | PracticeRef, to_person_id: UUID, becomes: str, by: Principal, now: datetime
) -> Membership:
    """The new owner's membership. becomes: the role of the one who hands over, afterwards.

    Raises NotFound, also to somebody who does not own the practice; DomainError: role_unknown, own_ownership; Conflict
    already_owner.
    """
    with control_plane(), transaction.atomic():
        place = locked_practice(practice)
        if by.practice is None or by.practice.id != place.id:
            raise NotFound("place_not_found", "There is no such place, or it is not yours.")
        if to_person_id == by.person_id:
            raise DomainError("own_ownership", "You own it already. Choose somebody else.")
        if becomes not in (Role.MANAGER, Role.PROVIDER, Role.FRONT_DESK):
            raise DomainError("role_unknown", "Choose what you will be afterwards.", field="becomes")
        mine, theirs = locked_member(by.person_id, practice=place), locked_member(to_person_id, practice=place)
        if mine.role != Role.OWNER:
            # What they are now counts, not what they were when their request began.
            raise NotFound("place_not_found", "There is no such place, or it is not yours.")
        if theirs.role == Role.OWNER:
            raise Conflict("already_owner", f"{theirs.person.name} is an owner already. Change your own role instead.")
        for member, role in ((theirs, Role.OWNER), (mine, becomes)):
            member.role = role
            member.save(update_fields=["role", "updated_at"])
            comes(Coming(practice=place.ref, person_id=member.person_id, name=member.person.name, role=role, now=now))
        withdrawn = withdraw_invitations(sent_by=by.person_id, role=becomes, practice=place, now=now)
        detail: Detail = {"from_person": by.person_id, "becomes": becomes, "invitations_cancelled": withdrawn}
        record_at(place, "ownership.transferred", subject=theirs.person, detail=detail)
        return theirs
