"""The personal days of one patient, and when each falls next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loyalty.models import Occasion, OccasionKind, Patient
from loyalty.occasions.calendar import next_on
from loyalty.occasions.wording import WITH_US, occasion_words


@dataclass(frozen=True, slots=True)
class PatientOccasion:
    """day: when it next falls. id: None where it comes from the birth date or the first visit."""

    id: UUID | None
    day: date
    what: str
    in_days: int


def occasions_of(patient: Patient, *, today: date) -> tuple[PatientOccasion, ...]:
    """The nearest first. The dead have none."""
    if patient.deceased:
        return ()
    days = [
        _next(one.id, kind=one.kind, label=one.label, year=one.year, month=one.month, day=one.day, today=today)
        for one in Occasion.objects.filter(patient=patient)
        if not (one.kind == OccasionKind.BIRTHDAY and not one.label and patient.birth_day)
    ]
    if patient.birth_month and patient.birth_day:
        month, day, year = patient.birth_month, patient.birth_day, patient.birth_year
        days.append(_next(None, kind=OccasionKind.BIRTHDAY, label="", year=year, month=month, day=day, today=today))
    # The first visit itself is no anniversary.
    if (since := patient.patient_since) and since < today:
        days.append(_next(None, kind=WITH_US, label="", year=since.year, month=since.month, day=since.day, today=today))
    return tuple(sorted(days, key=lambda one: (one.day, one.what)))


def _next(
    id: UUID | None, *, kind: str, label: str, year: int | None, month: int, day: int, today: date
) -> PatientOccasion:
    falls = next_on(month, day, first=today)
    what = occasion_words(kind=kind, label=label, year=year, day=falls)
    return PatientOccasion(id, falls, what, (falls - today).days)
