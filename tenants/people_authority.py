"""Who may bring people in, change them and send them away. Asked by every action on people."""

from uuid import UUID

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import PracticeRef
from tenants.models import Membership, Person, Practice, Role
from tenants.permissions import Verb, may_give
from tenants.principal import Principal

Place = Practice | PracticeRef | None


def locked_practice(place: Practice | PracticeRef) -> Practice:
    """The row of a practice, locked: whoever changes its people does so one after the other. Raises NotFound."""
    practice = Practice.objects.select_for_update(no_key=True).filter(id=place.id).first()
    if practice is None:
        raise NotFound("place_not_found", "There is no such place, or it is not yours.")
    return practice


def locked_member(person_id: UUID, *, practice: Practice) -> Membership:
    """The open membership of a person, locked. Raises NotFound where they do not belong to the practice."""
    found = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    member = found.filter(practice=practice, person_id=person_id, ended_at__isnull=True).first()
    if member is None:
        raise NotFound("person_not_found", "Nobody of that name belongs here.")
    return member


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


def check_is_open(practice: Practice | None) -> None:
    """Raises Conflict practice_closed where nobody could come in."""
    if practice is not None and practice.status != Practice.Status.ACTIVE:
        raise Conflict("practice_closed", f"{practice.name} is closed for now. Nobody can be invited.")


def check_other_owner(person_id: UUID, *, practice: Practice) -> None:
    """Raises Conflict last_owner where nobody but `person_id` owns the practice, whose row the caller has locked."""
    others = Membership.objects.filter(
        practice=practice, role=Role.OWNER, ended_at__isnull=True, person__is_active=True
    ).exclude(person_id=person_id)
    if not others.exists():
        raise Conflict(
            "last_owner", f"{practice.name} needs an owner. Make somebody else an owner first.", field="role"
        )


def _opens(by: Principal, *, role: str, practice: Practice | None) -> bool:
    """The network's admin names the first owner of a practice, and nobody ever after: owners see patients."""
    return (
        practice is not None
        and by.practice is None
        and by.may(Verb.NETWORK_PEOPLE_MANAGE)
        and role == Role.OWNER
        and not Membership.objects.filter(practice=practice).exists()
    )
