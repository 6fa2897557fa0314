"""The numbers at which somebody may be called, or a minor's guardian in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loyalty.models import Channel, ContactPoint, Guardianship, Patient
from loyalty.touchpoints.channel import ways_of


@dataclass(frozen=True, slots=True)
class Number:
    """id: of the contact point, None for a guardian who is known by name and number only. patient_id: whose it is.

    label: "Mobile", or "Peg Ellison, mother". wish: the discretion or consent behind it.
    no_voicemail: no message may be left there.
    """

    id: UUID | None
    patient_id: UUID
    label: str
    value: str
    wish: str
    allowed: bool
    no_voicemail: bool


def numbers_of(patient: Patient, *, today: date) -> list[Number]:
    """All phone numbers on file, those that must not be called among them. Five to seven queries."""
    ways = [way for way in ways_of([(patient, today)])[patient.id, today] if way.way == Channel.CALL]
    guardians = Guardianship.objects.filter(patient=patient, guardian__isnull=False).values_list(
        "guardian_id", flat=True
    )
    points = ContactPoint.objects.filter(patient_id__in=[patient.id, *guardians], kind=ContactPoint.Kind.PHONE)
    # A patient's own before a guardian's, where both gave one number.
    known = {one.value: one for one in sorted(points, key=lambda one: one.patient_id == patient.id)}
    return [
        Number(
            id=known[way.value].id if way.value in known else None,
            patient_id=known[way.value].patient_id if way.value in known else patient.id,
            label=way.label,
            value=way.value,
            wish=way.wish,
            allowed=way.allowed,
            no_voicemail=way.no_voicemail,
        )
        for way in ways
    ]


def no_voicemail(patient: Patient, numbers: Iterable[Number]) -> bool:
    """Whether no message may be left. One wish is enough: of two guardians nobody tells later whose machine it was."""
    return patient.no_voicemail or any(one.no_voicemail for one in numbers if one.allowed)
