"""Somebody joins the practice, or gets another role there: the staff who treat and write notes follow."""

from uuid import UUID

from core.changed import changed
from loyalty.models import Staff, StaffRole


def come(*, person_id: UUID, name: str, role: str) -> Staff | None:
    """The staff row of the person, active and with their role; inside the practice and the caller's transaction.

    Who was here before is here again. Else, of the imported staff that nobody signs in as, the only one of exactly this
    name is theirs. Else they are new. None for an owner who was never on the staff: owning is no work with patients.
    """
    staff = Staff.objects.select_for_update(no_key=True).filter(person_id=person_id).first()
    if staff is None and role not in StaffRole.values:
        return None
    if staff is None:
        staff = _imported(name) or Staff(display_name=name)
        staff.person_id = person_id
    staff.is_active = True
    if role in StaffRole.values:
        staff.role = role
    staff.save()
    changed("staff.came", staff, detail={"person": person_id, "role": role})
    return staff


def _imported(name: str) -> Staff | None:
    unclaimed = Staff.objects.select_for_update(no_key=True).filter(person_id__isnull=True, is_active=True)
    found = list(unclaimed.filter(display_name__iexact=name)[:2])
    return found[0] if len(found) == 1 else None
