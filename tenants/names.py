"""The names of people by id, for pages inside a practice that show who did something."""

from collections.abc import Iterable
from uuid import UUID

from core.tenancy.scope import control_plane
from tenants.models import Membership, PartnerApplication, Person


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Id → name; somebody who was erased is left out. One query, outside of the practice's role."""
    wanted = set(people)
    if not wanted:
        return {}
    with control_plane():
        return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def people_of_the_network() -> dict[UUID, str]:
    """Id → name of those who have a role in the network, by name."""
    return dict(Person.objects.exclude(network_role="").order_by("name").values_list("id", "name"))


def everyone_ever_at(practice_id: UUID) -> dict[UUID, str]:
    """Id → name of all who have or had a membership at the practice, by name."""
    with control_plane():
        return dict(
            Membership.objects.filter(practice_id=practice_id)
            .order_by("person__name")
            .values_list("person_id", "person__name")
        )


def every_program() -> dict[UUID, str]:
    """Id → name of all partners' programs, by name."""
    return dict(PartnerApplication.objects.order_by("name").values_list("id", "name"))


def programs_ever_at(practice_id: UUID) -> dict[UUID, str]:
    """Id → name of all programs that were ever let in at the practice, by name."""
    with control_plane():
        found = PartnerApplication.objects.filter(grants__practice_id=practice_id)
        return dict(found.order_by("name").distinct().values_list("id", "name"))
