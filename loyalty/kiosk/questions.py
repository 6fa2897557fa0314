"""What a tablet is told when it takes a visit: a first name, what was promised, and nothing else about anybody."""

from dataclasses import dataclass
from uuid import UUID

from loyalty.models import KioskOpening, Promise
from loyalty.patients.name import first_name


@dataclass(frozen=True, slots=True)
class Questions:
    """promises: (id, what was said) of those that the patient has not judged yet."""

    opening_id: UUID
    first_name: str
    promises: tuple[tuple[UUID, str], ...]


def questions_of(opening: KioskOpening) -> Questions:
    patient = opening.patient
    return Questions(
        opening_id=opening.id,
        first_name=first_name(patient.given_name, patient.preferred_name, patient.family_name),
        promises=open_promises(opening.visit_id),
    )


def open_promises(visit_id: UUID) -> tuple[tuple[UUID, str], ...]:
    kept = Promise.objects.filter(visit_id=visit_id, answered_at__isnull=True).order_by("made_at", "id")
    return tuple(kept.values_list("id", "text"))
