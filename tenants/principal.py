"""Who is asking, at which place, in which role: read as control plane before any practice is entered."""

from dataclasses import dataclass
from uuid import UUID

from core.tenancy.scope import PracticeRef
from tenants.models import Membership, Person, Practice, Session
from tenants.permissions import Verb, may


@dataclass(frozen=True, slots=True)
class Principal:
    """practice: None on the network host. role: "" for someone who has no role here."""

    person_id: UUID
    person_name: str
    practice: PracticeRef | None
    role: str

    def may(self, verb: Verb) -> bool:
        return may(self.role, verb)

    @property
    def short_name(self) -> str:
        return self.person_name.split(" ", 1)[0]


class MembershipEnded(Exception):
    """The session was made by a member who is none any more; a membership made anew does not revive it."""


def of_session(session: Session, *, person: Person, practice: PracticeRef) -> Principal:
    """No query: the session was read with its membership. Raises MembershipEnded for somebody who left."""
    membership = session.membership
    if membership is not None and membership.ended_at is not None:
        raise MembershipEnded
    is_open = session.practice is not None and session.practice.status == Practice.Status.ACTIVE
    is_theirs = membership is not None and (membership.person_id, membership.practice_id) == (person.pk, practice.id)
    role = membership.role if membership is not None and is_open and is_theirs else ""
    return Principal(person_id=person.pk, person_name=person.name, practice=practice, role=role)


def at_practice(*, person: Person, practice: PracticeRef) -> Principal:
    """Outside of a request. One query: the open membership of `person` at a practice that is active."""
    role = (
        Membership.objects.filter(
            person_id=person.pk,
            practice_id=practice.id,
            ended_at__isnull=True,
            practice__status=Practice.Status.ACTIVE,
        )
        .values_list("role", flat=True)
        .first()
    )
    return Principal(person_id=person.pk, person_name=person.name, practice=practice, role=role or "")


def at_network(*, person: Person) -> Principal:
    return Principal(person_id=person.pk, person_name=person.name, practice=None, role=person.network_role)
