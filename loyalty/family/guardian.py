"""Who is contacted in a minor's place."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.family.locked import locked
from loyalty.models import Guardianship, Patient
from loyalty.patients.contact_points import contact_points
from loyalty.patients.reach import birth_of
from loyalty.practice_zone import practice_zone

_NAME, _RELATION = 120, 40


def name_guardian(
    *,
    patient_id: UUID,
    guardian_id: UUID | None = None,
    name: str = "",
    phone: str = "",
    email: str = "",
    relation: str = "",
    now: datetime,
) -> Guardianship:
    """A patient, or somebody known by name with a phone number or an email. Raises NotFound, Conflict, DomainError."""
    words = given_text(relation, what="The relation", field="relation", limit=_RELATION)
    today = now.astimezone(practice_zone()).date()
    with transaction.atomic():
        if guardian_id is not None:
            if guardian_id == patient_id:
                raise DomainError("guardian_oneself", "Nobody is their own guardian. Choose somebody else.")
            patient, guardian = locked(patient_id, guardian_id)
            _check_grown_up(guardian, today=today)
            if Guardianship.objects.filter(patient=patient, guardian=guardian).exists():
                raise Conflict("guardian_already", f"{guardian.display_name} is their guardian already.")
            if Guardianship.objects.filter(patient=guardian, guardian=patient).exists():
                raise DomainError(
                    "guardian_circle", f"{patient.display_name} is the guardian of {guardian.display_name}."
                )
            kept = Guardianship(patient=patient, guardian=guardian, relation=words)
        else:
            (patient,) = locked(patient_id)
            kept = _by_name(patient, name=name, phone=phone, email=email, relation=words)
        kept.save(force_insert=True)
        about = [patient.id, *([guardian_id] if guardian_id else [])]
        changed("guardian.named", kept, patients=about)
        return kept


def remove_guardian(*, guardianship_id: UUID) -> None:
    """Raises NotFound."""
    with transaction.atomic():
        kept = Guardianship.objects.select_for_update(of=("self",)).filter(id=guardianship_id).first()
        if kept is None:
            raise NotFound("guardian_not_found", "This guardian is not on file any more.")
        changed("guardian.removed", kept, patients=[kept.patient_id])
        kept.delete()


def _check_grown_up(guardian: Patient, *, today: object) -> None:
    if guardian.deceased:
        raise DomainError("guardian_deceased", f"{guardian.display_name} has died. Choose somebody else.")
    if birth_of(guardian).may_be_minor_on(today):  # type: ignore[arg-type]
        raise DomainError(
            "guardian_is_minor", f"{guardian.display_name} is, or may be, under 18: a guardian has to be of age."
        )


def _by_name(patient: Patient, *, name: str, phone: str, email: str, relation: str) -> Guardianship:
    called = given_text(name, what="The name", field="name", limit=_NAME)
    if not is_visible(called):
        raise DomainError("guardian_without_name", "Write the guardian’s name.", field="name")
    # Only to check them; phones and emails of a guardian stand on the guardianship.
    points = {point.kind: point.value for point in contact_points(patient=patient, phones=[phone], emails=[email])}
    if not points:
        raise DomainError("guardian_unreachable", "Give a phone number or an email to reach them at.", field="phone")
    return Guardianship(
        patient=patient,
        name=called,
        phone=points.get("phone", ""),
        email=points.get("email", ""),
        relation=relation,
    )
