"""Those who treat and never sign in: added, changed, retired and back again.

Who signs in is on the staff by their membership; that is changed where people are.
"""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.models import Staff, StaffRole
from loyalty.staff.pass_on import pass_on

_NAME = 120


def add_staff(*, name: str, role: str) -> Staff:
    """Raises DomainError with the field, Conflict for a name that somebody there has."""
    kept = _checked(name, role)
    with transaction.atomic():
        _check_name_free(kept)
        staff = Staff.objects.create(display_name=kept, role=role)
        changed("staff.added", staff, detail={"role": role})
    return staff


def change_staff(*, staff_id: UUID, was: str, name: str, role: str) -> Staff:
    """was: the name as the asker saw it. Raises NotFound, Conflict where it changed since or is taken, DomainError."""
    kept = _checked(name, role)
    with transaction.atomic():
        staff = _held(staff_id)
        if staff.display_name != was:
            raise Conflict("staff_changed", f"Somebody changed this meanwhile: it says {staff.display_name} now.")
        if kept.casefold() != staff.display_name.casefold():
            _check_name_free(kept)
        staff.display_name, staff.role = kept, role
        staff.save(update_fields=["display_name", "role", "updated_at"])
        changed("staff.changed", staff, detail={"role": role})
    return staff


def retire_staff(*, staff_id: UUID, work_to: UUID | None) -> Staff:
    """They no longer treat here; their open work passes on. Raises NotFound, Conflict where they left already,
    DomainError for a colleague who is not there."""
    with transaction.atomic():
        staff = _held(staff_id)
        if not staff.is_active:
            raise Conflict("staff_retired", f"{staff.display_name} was taken off the list already.")
        pass_on(staff, work_to=work_to)
    return staff


def bring_back_staff(*, staff_id: UUID) -> Staff:
    """They treat here again; what was passed on stays with whoever has it. Raises NotFound, Conflict."""
    with transaction.atomic():
        staff = _held(staff_id)
        if staff.is_active:
            raise Conflict("staff_here", f"{staff.display_name} is on the list already.")
        _check_name_free(staff.display_name)
        staff.is_active = True
        staff.save(update_fields=["is_active", "updated_at"])
        changed("staff.returned", staff)
    return staff


def _held(staff_id: UUID) -> Staff:
    staff = Staff.objects.select_for_update(no_key=True).filter(id=staff_id, person_id__isnull=True).first()
    if staff is None:
        raise NotFound("staff_not_found", "There is nobody like this who does not sign in.")
    return staff


def _check_name_free(name: str) -> None:
    if Staff.objects.filter(display_name__iexact=name, is_active=True).exists():
        raise Conflict("staff_name_taken", f"{name} is on the list already.", field="name")


def _checked(name: str, role: str) -> str:
    kept = given_text(name, what="The name", field="name", limit=_NAME)
    if not is_visible(kept):
        raise DomainError("staff_unnamed", "Write the name as it stands on a card: Dr. Sato.", field="name")
    if role not in StaffRole.values:
        raise DomainError("role_unknown", "Choose what they do.", field="role")
    return kept
