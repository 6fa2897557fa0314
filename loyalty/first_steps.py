"""How far a practice has come since it was opened, from its own records."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Subquery

from loyalty.models import Location, Patient, Staff, StaffRole, Touchpoint, TouchpointKind, Visit, VisitStatus


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """place: the first location without a postal address, None where every one has it."""

    place: UUID | None = None
    has_address: bool = False
    has_provider: bool = False
    has_patient: bool = False
    has_completed_visit: bool = False
    has_note: bool = False


def first_steps() -> FirstSteps:
    """One query, inside the practice's scope: whether there is any of each, never how many."""
    unaddressed = Location.objects.filter(address="", is_active=True).order_by("created_at")
    found = Location.objects.order_by().values_list(
        Subquery(unaddressed.values("id")[:1]),
        ~Exists(unaddressed),
        Exists(Staff.objects.filter(role=StaffRole.PROVIDER, is_active=True)),
        Exists(Patient.objects.all()),
        Exists(Visit.objects.filter(status=VisitStatus.COMPLETED)),
        Exists(Touchpoint.objects.filter(kind=TouchpointKind.NOTE, state="done")),
    )
    return FirstSteps(*(found.first() or ()))
