"""The accounting of disclosures that a patient may ask for: six years back (45 CFR 164.528)."""

from datetime import date
from uuid import UUID

from core import audit
from loyalty.models import Disclosure, Patient

YEARS = 6


def first_day(today: date) -> date:
    """Six years ago; 29 February falls on 28 February in common years."""
    year = today.year - YEARS
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def accounting(*, patient: Patient, today: date, struck: bool = True) -> list[Disclosure]:
    """What was given to others within six years, the newest first. struck: also what was written down by mistake."""
    rows = Disclosure.objects.filter(patient=patient, on__gte=first_day(today)).order_by("-on", "-id")
    if not struck:
        rows = rows.filter(struck_at__isnull=True)
    audit.record("disclosures.read", subject=patient, patients=[patient.id])
    return list(rows)


def find_disclosure(*, patient_id: UUID, disclosure_id: UUID) -> Disclosure | None:
    """One of this patient's, None for another's. The caller records the reading."""
    return Disclosure.objects.filter(id=disclosure_id, patient_id=patient_id).first()
