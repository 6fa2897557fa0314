"""The practices that a person belongs to."""

from dataclasses import dataclass
from uuid import UUID

from tenants.models import Membership, Practice


@dataclass(frozen=True, slots=True)
class Place:
    """A practice to go to, and what the person is there."""

    id: UUID
    name: str
    role: str
    here: bool


def places_of(person_id: UUID, *, here: UUID | None) -> list[Place]:
    """Return the active practices with an open membership of the person, by name. `here` is the current one."""
    memberships = Membership.objects.filter(
        person_id=person_id, ended_at__isnull=True, practice__status=Practice.Status.ACTIVE
    ).select_related("practice")
    return [
        Place(id=m.practice_id, name=m.practice.name, role=m.get_role_display(), here=m.practice_id == here)
        for m in memberships.order_by("practice__name")
    ]
