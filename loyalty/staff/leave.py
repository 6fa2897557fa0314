"""Somebody leaves the practice: nothing they had to do for a patient is forgotten."""

from uuid import UUID

from core.errors import DomainError
from loyalty.models import Staff
from loyalty.staff.pass_on import pass_on


def leave(*, person_id: UUID, work_to: UUID | None) -> None:
    """Their staff row is inactive, and what they had to do passes to the staff `work_to`; inside the practice and the
    caller's transaction.

    work_to: None leaves it to whoever is there. Raises DomainError colleague_unknown for somebody who is not there.
    """
    staff = Staff.objects.select_for_update(no_key=True).filter(person_id=person_id).first()
    if staff is not None:
        pass_on(staff, work_to=work_to)
    elif work_to is not None and not Staff.objects.filter(id=work_to, is_active=True).exists():
        raise DomainError("colleague_unknown", "Choose a colleague who is there.", field="work_to")
