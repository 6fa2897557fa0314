"""Who is asking, at which place, in which role: read as control plane before any practice is entered."""

from dataclasses import dataclass
from uuid import UUID

from core.tenancy.scope import PracticeRef
from tenants.models import Membership, Person, Practice
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


def at_practice(*, person: Person, practice: PracticeRef) -> Principal:
    """One query: the open membership of `person` at a practice that is active."""
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
