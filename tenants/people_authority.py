"""Who may bring people in, change them and send them away. Asked by every action on people."""

from core.errors import DomainError, NotFound
from tenants.models import Membership, Person, Practice, Role
from tenants.permissions import Verb, may_give
from tenants.principal import Principal


def check_may_give(*, by: Principal | None, role: str, practice: Practice | None) -> None:
    """Whether `by` may give `role` at `practice` (None: the network), or take it away.

    by: None for an operator, who may. Raises NotFound to somebody who manages no people there, DomainError role_unknown
    for a role that the place does not have, role_above for one above the asker's own.
    """
    known = Role.values if practice is not None else Person.NetworkRole.values
    if role not in known:
        raise DomainError("role_unknown", "Choose one of the roles.", field="role")
    if by is None or _opens(by, role=role, practice=practice):
        return
    verb = Verb.PEOPLE_MANAGE if practice is not None else Verb.NETWORK_PEOPLE_MANAGE
    here = by.practice.id if by.practice else None
    if here != (practice.id if practice else None) or not by.may(verb):
        raise NotFound("place_not_found", "There is no such place, or it is not yours.")
    if not may_give(by.role, role):
        raise DomainError("role_above", "Only an owner can make, change or remove an owner.", field="role")


def _opens(by: Principal, *, role: str, practice: Practice | None) -> bool:
    """The network's admin names the first owner of a practice, and nobody ever after: owners see patients."""
    return (
        practice is not None
        and by.practice is None
        and by.may(Verb.NETWORK_PEOPLE_MANAGE)
        and role == Role.OWNER
        and not Membership.objects.filter(practice=practice).exists()
    )
