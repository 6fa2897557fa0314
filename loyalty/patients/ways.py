"""The ways to reach one patient, read from what is on file."""

from datetime import date

from loyalty.models import Consent, Patient
from loyalty.patients.guardians import guardians_of
from loyalty.patients.reach import Reach, newest_consents, reach_of


def ways_to(patient: Patient, *, today: date) -> tuple[Reach, ...]:
    """All of them, those that must not be used among them, each with the wish behind it. Three to five queries."""
    consents = newest_consents(list(Consent.objects.filter(patient=patient)))
    return reach_of(
        patient,
        points=list(patient.contact_points.order_by("rank", "id")),
        guardians=list(guardians_of([patient.id])),
        consents={question: answer.granted for question, answer in consents.items()},
        today=today,
    )
