"""The signed-in person as a member of the staff."""

from uuid import UUID

from loyalty.models import Staff
from tenants.principal import Principal


def staff_id_of(principal: Principal) -> UUID | None:
    """Return the id of the staff row of a person, None for somebody who treats nobody and writes no notes."""
    return Staff.objects.filter(person_id=principal.person_id).values_list("id", flat=True).first()
